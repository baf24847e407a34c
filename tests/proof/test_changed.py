"""A quick check walks what a change can have touched."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from scripts import check
from scripts.proof.breach import Breach
from scripts.proof.changed import UnknownCommit, changed_since, touched
from scripts.proof.counting import Walked

PLACES = {"CN": None, "350000": "CN", "350200": "350000", "310000": "CN"}
BOOK: dict[str, Any] = {
    "places": [{"code": code, "parent": parent, "level": "nation"} for code, parent in PLACES.items()],
    "rules": [{"place": code, "topic": "restoration"} for code in PLACES],
    "documents": {},
}
QUESTION = {"place": "350000", "scheme": "employee", "as_of": "2026-06-15"}


@pytest.mark.parametrize(
    ("files", "places", "everywhere"),
    [
        (["rules/350000-福建/employee-restoration.yaml"], {"350000", "350200"}, False),
        (["rules/350000-福建/350200-厦门/resident-exemption.yaml"], {"350200"}, False),
        (["rules/CN/all-account.yaml"], {"CN", "350000", "350200", "310000"}, True),
        (["calculator/resident.py", "rules/310000-上海/x.yaml"], {"310000"}, True),
        (["rules/documents/policy.yaml"], set(), True),
        (["docs/pages/index.md", "rules/claims/article-000.yaml", "rules/990000-没有/x.yaml"], set(), False),
    ],
)
def test_the_places_that_files_can_touch(files: list[str], places: set[str], everywhere: bool) -> None:
    found = touched(files, BOOK)
    assert (found.places, found.everywhere) == (places, everywhere)


def git(root: Path, *arguments: str) -> None:
    name = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    subprocess.run(["git", *name, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for folder in ("350000-福建", "310000-上海"):
        (tmp_path / "rules" / folder).mkdir(parents=True)
        (tmp_path / "rules" / folder / "old.yaml").write_text("a: 1\n", encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "one")
    return tmp_path


def test_changed_new_and_deleted_files_count(repository: Path) -> None:
    assert changed_since(repository, "HEAD", BOOK).places == set()
    (repository / "rules" / "350000-福建" / "new.yaml").write_text("b: 1\n", encoding="utf-8")
    assert changed_since(repository, "HEAD", BOOK).places == {"350000", "350200"}
    (repository / "rules" / "310000-上海" / "old.yaml").unlink()
    assert changed_since(repository, "HEAD", BOOK).places == {"350000", "350200", "310000"}


def test_a_commit_that_is_not_there_is_said(repository: Path) -> None:
    with pytest.raises(UnknownCommit):
        changed_since(repository, "nowhere", BOOK)


@pytest.fixture
def stubbed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], int | None]]:
    """`check` over a small book, its walk replaced by one that only notes what it was to do."""
    asked: list[tuple[list[str], int | None]] = []

    def walk(_: Any, places: list[str], told: Any, most: int | None) -> list[Walked]:
        asked.append((places, most))
        return [Walked(place, place, {"in full": {1}}) for place in places]

    monkeypatch.setattr(check, "build_rulebook", lambda _: BOOK)
    monkeypatch.setattr(check, "run_cases", lambda *_: [])
    monkeypatch.setattr(check, "count_cases", lambda _: 0)
    monkeypatch.setattr(check, "declared_exceptions", lambda _: frozenset())
    monkeypatch.setattr(check, "places_to_walk", lambda _: sorted(PLACES))
    monkeypatch.setattr(check, "walk", walk)
    return asked


def test_without_a_word_everything_is_walked(stubbed: list[tuple[list[str], int | None]]) -> None:
    assert check.main([]) == 0
    assert stubbed == [(["310000", "350000", "350200", "CN"], None)]


def test_only_what_changed_is_walked_when_asked(
    stubbed: list[tuple[list[str], int | None]], repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "ROOT", repository)
    assert check.main(["--changed"]) == 0
    assert stubbed == []
    (repository / "rules" / "350000-福建" / "old.yaml").write_text("a: 2\n", encoding="utf-8")
    assert check.main(["--changed", "HEAD"]) == 0
    assert stubbed == [(["350000", "350200"], check.QUICK)]
    (repository / "calculator").mkdir()
    (repository / "calculator" / "new.py").write_text("", encoding="utf-8")
    assert check.main(["--changed"]) == 0
    assert stubbed[1:] == [(["350000", "350200"], check.QUICK // 2), (["310000", "CN"], check.QUICK // 2)]


def test_a_wrong_place_or_commit_is_exit_2(
    stubbed: list[tuple[list[str], int | None]], repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "ROOT", repository)
    assert check.main(["999999"]) == 2
    assert check.main(["--changed", "nowhere"]) == 2
    assert stubbed == []


def test_a_breach_or_a_failing_case_is_exit_1(
    stubbed: list[tuple[list[str], int | None]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = Walked("350000", "350000", {"in full": {1}}, [(Breach("bounds", (QUESTION,), "waiting", "waiting:7 ≤ 6"), 3)])
    monkeypatch.setattr(check, "walk", lambda *_: [broken])
    assert check.main([]) == 1
    said = capsys.readouterr().out
    assert "3 处违反" in said and str(QUESTION) in said
    monkeypatch.setattr(check, "walk", lambda *_: [])
    monkeypatch.setattr(check, "run_cases", lambda *_: ["一个案例不符"])
    assert check.main([]) == 1
