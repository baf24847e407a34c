"""Published rulebooks stay as they were, can be asked again, and a change does not pass in silence."""

from __future__ import annotations

import json
import lzma
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from calculator import Rulebook, answer
from scripts.errors import BuildError
from scripts.releases import KEPT, ROOT, add, difference, hex_of, read, read_all, silent, text_of, vanished
from tests.fresh.conftest import FUJIAN, rule

Json = dict[str, Any]
Later = Callable[..., Json]
CASE = {"scheme": "employee", "place": "350000", "as_of": "2026-03-10", "last_paid_month": "2025-10", "paid_on": "2026-03-10"}


def wait_longer(book: Json) -> None:
    rule(book)["values"][-1][1]["tiers"][-1]["wait"] = {"n": 9, "unit": "month"}


def explain(book: Json) -> None:
    rule(book)["history"] = [{"on": "2027-01-05", "was": "等6个月。", "why": "新文件。"}]


def test_what_is_kept_comes_back_as_it_was(small: Json, tmp_path: Path) -> None:
    path = add(small, tmp_path)
    assert path.name == f"{small['version']}.json.xz"
    assert read(path) == json.loads(text_of(small))
    assert lzma.decompress(path.read_bytes()).decode("utf-8") == text_of(small)


def test_keeping_twice_writes_the_same_bytes(small: Json, tmp_path: Path) -> None:
    first, second = add(small, tmp_path / "a"), add(small, tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()
    assert add(small, tmp_path / "a") == first
    assert len(list((tmp_path / "a").iterdir())) == 1


def test_another_rulebook_under_the_same_version_is_refused(small: Json, later: Later, tmp_path: Path) -> None:
    kept = add(small, tmp_path).read_bytes()
    other = later(small["version"], small["data_date"], wait_longer)
    with pytest.raises(BuildError, match="改版本号"):
        add(other, tmp_path)
    assert (tmp_path / f"{small['version']}.json.xz").read_bytes() == kept


def test_an_older_version_cannot_be_added_later(later: Later, tmp_path: Path) -> None:
    add(later("2026.12.10", "2026-12-20"), tmp_path)
    with pytest.raises(BuildError, match="还旧"):
        add(later("2026.12.9", "2026-12-21"), tmp_path)


def test_versions_are_ordered_by_number_not_by_letter(later: Later, tmp_path: Path) -> None:
    for version in ("2026.9.2", "2026.11.9", "2026.11.10"):
        add(later(version, "2026-12-01"), tmp_path)
    assert [book["version"] for book in read_all(tmp_path)] == ["2026.9.2", "2026.11.9", "2026.11.10"]


def test_a_rule_may_not_change_in_silence(small: Json, later: Later, tmp_path: Path) -> None:
    add(small, tmp_path)
    mute = later("2027.1.1", "2027-01-05", wait_longer)
    assert silent(small, mute) == [FUJIAN]
    with pytest.raises(BuildError, match=FUJIAN):
        add(mute, tmp_path)
    told = later("2027.1.1", "2027-01-05", explain, of=mute)
    assert add(told, tmp_path).exists()


def test_an_old_line_of_history_does_not_explain_a_new_change(later: Later, tmp_path: Path) -> None:
    told = later("2027.1.1", "2027-01-05", explain)
    assert silent(told, later("2027.2.1", "2027-02-05", wait_longer, of=told)) == [FUJIAN]


def test_a_new_day_of_review_or_a_new_look_at_a_source_is_no_change(small: Json, later: Later) -> None:
    def looked_again(book: Json) -> None:
        rule(book)["review_by"] = "2028-01-01"
        rule(book)["sources"][0]["seen"] = "2027-01-04"

    found = difference(small, later("2027.1.1", "2027-01-05", looked_again))
    assert (found.new, found.changed, found.gone) == ([], [], [])


def test_new_changed_and_gone_rules_are_told_apart(small: Json, later: Later) -> None:
    def upheaval(book: Json) -> None:
        wait_longer(book)
        book["rules"] = [one for one in book["rules"] if one["topic"] != "late_fee"]
        book["rules"].append({**rule(book), "id": "350000.employee.restoration.more"})

    found = difference(small, later("2027.1.1", "2027-01-05", upheaval))
    assert [one["id"] for one in found.new] == ["350000.employee.restoration.more"]
    assert [one["id"] for one in found.changed] == [FUJIAN]
    assert [one["topic"] for one in found.gone] == ["late_fee"]


def test_a_rule_may_not_vanish_in_silence(small: Json, later: Later, tmp_path: Path) -> None:
    def remove(book: Json) -> None:
        book["rules"] = [one for one in book["rules"] if one["id"] != FUJIAN]

    add(small, tmp_path)
    mute = later("2027.1.1", "2027-01-05", remove)
    assert vanished(small, mute) == [FUJIAN]
    with pytest.raises(BuildError, match=f"(?s)rules/rulebook.yaml 的 removed.*{FUJIAN}"):
        add(mute, tmp_path)
    why = [{"rule": FUJIAN, "on": "2027-01-05", "why": "出处写的是另一个城市。"}]
    assert add(later("2027.1.1", "2027-01-05", lambda book: book.update(removed=why), of=mute), tmp_path).exists()


@pytest.mark.parametrize("harm", ["cut", "altered", "renamed", "empty", "not xz"])
def test_a_damaged_file_is_named_and_nothing_is_published_from_it(small: Json, tmp_path: Path, harm: str) -> None:
    path = add(small, tmp_path)
    data = path.read_bytes()
    if harm == "altered":
        path.write_bytes(lzma.compress(lzma.decompress(data).replace("福建".encode(), "浙江".encode(), 1)))
    elif harm == "renamed":
        path = path.rename(tmp_path / "2030.1.1.json.xz")
    else:
        path.write_bytes({"cut": data[: len(data) // 2], "empty": b"", "not xz": b"{}"}[harm])
    with pytest.raises(BuildError, match=path.name.replace(".", r"\.")):
        read_all(tmp_path)


def test_everything_kept_in_this_checkout_is_whole_and_can_still_be_asked() -> None:
    case = json.dumps({**CASE, "place": "CN", "situation": "transfer"})
    for book in read_all(ROOT / KEPT):
        found = json.loads(answer(case, Rulebook.load(book)))
        assert found["rulebook"] == {"version": book["version"], "hash": book["hash"]}


def test_an_old_answer_is_worked_out_again_from_the_kept_rulebook(small: Json, later: Later, tmp_path: Path) -> None:
    printed = answer(json.dumps(CASE), Rulebook.load(small))
    add(small, tmp_path / "kept")
    newer = later("2027.1.1", "2027-01-05", lambda book: (wait_longer(book), explain(book)))
    add(newer, tmp_path / "kept")
    assert answer(json.dumps(CASE), Rulebook.load(newer)) != printed
    served = {hex_of(book): text_of(book) for book in read_all(tmp_path / "kept")}
    wanted = json.loads(printed)["rulebook"]["hash"].removeprefix("sha256:")
    downloaded = tmp_path / "old.json"
    downloaded.write_text(served[wanted], "utf-8")
    command = [sys.executable, "-m", "calculator", "assess", "--rulebook", str(downloaded)]
    run = subprocess.run(command, input=json.dumps(CASE), capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.rstrip("\n") == printed
