"""The rulebooks that the benchmark makes, and how it reads its figures. Nothing here depends on how fast the machine is."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from calculator import Case, Rulebook, assess
from scripts.bench import __main__ as command
from scripts.bench.measure import Measured, measure, median
from scripts.bench.outcome import Benchmark, Bound, Outcome, marked
from scripts.bench.report import bounds, slope, tables
from scripts.bench.runs import Sized
from scripts.bench.synthetic import grown, pages_of
from scripts.rulebook import build_rulebook
from scripts.rulebook.compiled import canonical
from scripts.site.book import Book
from scripts.site.worked import BRIEF, BRIEF_COST, Worked

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def real() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(canonical(build_rulebook(ROOT / "rules")))
    return found


def test_a_grown_rulebook_has_the_places_asked_for_and_keeps_the_real_ones(real: dict[str, Any]) -> None:
    before = canonical(real)
    found = grown(real, 400)
    assert pages_of(found) == 400
    assert found["places"][: len(real["places"])] == real["places"]
    assert found["rules"][: len(real["rules"])] == real["rules"]
    assert found["hash"] != real["hash"]
    assert canonical(real) == before
    assert grown(real, 400) == found


def test_codes_and_rule_ids_are_never_given_twice(real: dict[str, Any]) -> None:
    found = grown(real, 700)
    codes = [place["code"] for place in found["places"]]
    identifiers = [rule["id"] for rule in found["rules"]]
    assert len(set(codes)) == len(codes)
    assert len(set(identifiers)) == len(identifiers)
    assert all(rule["id"].startswith(f"{rule['place']}.") for rule in found["rules"])


def test_a_copied_place_answers_as_the_real_one_does(real: dict[str, Any]) -> None:
    original = next(place for place in real["places"] if place["level"] == "prefecture" and _speaks(real, place["code"]))
    copy = next(place for place in grown(real, 500)["places"] if place["name"] == f"{original['name']}2号")
    book = Rulebook.load(grown(real, 500))
    months = {"scheme": "flexible", "as_of": "2026-11-21", "paid_on": "2026-11-20", "last_paid_month": "2026-06"}
    texts = []
    for place in (original, copy):
        found = assess(Case.parse({**months, "place": place["code"]}, book), book)
        texts.append({key: (answer.text, answer.basis) for key, answer in found.answers.items()})
    assert texts[0] == texts[1]


def _speaks(rulebook: dict[str, Any], code: str) -> bool:
    return any(rule["place"] == code and "flexible" in rule["schemes"] for rule in rulebook["rules"])


def test_fewer_places_than_there_are_cannot_be_made(real: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="cannot make 3"):
        grown(real, 3)


def test_the_short_answers_of_tables_are_those_of_the_whole_assessment(real: dict[str, Any]) -> None:
    worked = Worked(real)
    book = Book(real)
    for code in [place["code"] for place in (*book.provinces, *book.local)]:
        questions = [worked.lapse(scheme, code, 4, paid) for scheme in ("employee", "flexible") for paid in (True, False)]
        for case in [*questions, worked.resident(code, 2, 1), worked.premium(code, worked.day.year, 1, 0)]:
            brief, whole = worked.brief(case), worked.ask(case)
            for key in BRIEF:
                _same(brief[key], whole[key])
            if BRIEF_COST in whole["cost"]:
                _same(brief["cost"][BRIEF_COST], whole["cost"][BRIEF_COST])


def _same(brief: dict[str, Any], whole: dict[str, Any]) -> None:
    assert {key: brief[key] for key in brief if key != "open"} == {key: whole[key] for key in whole if key in brief}


def test_a_command_is_measured_with_all_its_processes() -> None:
    child = "data = b'x' * 60_000_000; import time; time.sleep(1)"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    found = measure([sys.executable, "-c", program], ROOT)
    assert found.wall >= 1
    assert found.peak >= 57
    with pytest.raises(RuntimeError, match="lost"):
        measure([sys.executable, "-c", "raise SystemExit('lost')"], ROOT)
    busy = "assert input() == 'given'; sum(range(5_000_000))"
    assert measure([sys.executable, "-c", busy], ROOT, text="given\n").processor > 0


def test_medians_and_sums() -> None:
    runs = [Measured(wall, 2 * wall, 0.0, 10 * wall) for wall in (3.0, 1.0, 2.0)]
    assert median(runs) == Measured(2.0, 4.0, 0.0, 30.0)
    assert runs[0] + runs[1] == Measured(4.0, 8.0, 0.0, 30.0)


def _sized(places: int, seconds: float) -> Sized:
    half = Measured(seconds / 2, seconds / 2, 0.0, places / 10)
    return Sized(places, places + 30, half, half, half, 1)


def test_what_does_not_hold_is_marked() -> None:
    sizes = [_sized(100, 2.0), _sized(500, 10.0), _sized(2000, 40.0), _sized(5000, 400.0)]
    assert slope(sizes[1], sizes[2]) == pytest.approx(20)
    found = bounds(Measured(24.0, 20.0, 1.0, 300.0), sizes)
    assert [one.holds for one in found] == [True, False, True, False, True, True, True, True]
    assert marked(found).count("**没有守住**") == 2
    assert "500→2000:20.0、2000→5000:120.0" in marked(found)
    text = tables((Measured(24.0, 20.0, 1.0, 300.0), {"读规则": 1.0}, 140), 3, [], sizes)
    half, both = "200.0(200.0)", "400.0(400.0)"
    assert "wheel(3 次的中位数) | 24.0 | 21.0 | 300 |" in text
    assert f"| 5000 | 5030 | 1 | {half} | {half} | {both} | {half} | 500 | 1.00(1.00) | 2.00(2.00) |" in text


def test_what_was_not_measured_is_said_so() -> None:
    found = bounds(Measured(26.0, 20.0, 1.0, 300.0), [_sized(100, 2.0), _sized(500, 10.0)])
    assert [one.holds for one in found] == [False, None, None, True, True]


def _benchmark(monkeypatch: pytest.MonkeyPatch, root: Path, *holds: bool | None) -> None:
    """The registry with one benchmark, `sums`, whose bounds hold or not."""
    bounds = [Bound("一加一是二", str(number), held) for number, held in enumerate(holds)]
    module = SimpleNamespace(BENCHMARK=Benchmark("量加法", lambda _, quick: Outcome("| 表 |", bounds, {"quick": quick})))
    monkeypatch.setattr(command, "ROOT", root)
    monkeypatch.setattr(command, "BENCHMARKS", ("sums",))
    monkeypatch.setattr(command, "import_module", {"scripts.bench.sums": module}.__getitem__)


@pytest.mark.parametrize(("holds", "code"), [((True,), 0), ((True, None), 0), ((True, False, None), 1)])
def test_a_bound_that_does_not_hold_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], holds: tuple[bool | None, ...], code: int
) -> None:
    _benchmark(monkeypatch, tmp_path, *holds)
    assert command.main(["sums", "--quick"]) == code
    text = (tmp_path / "build" / "bench" / "sums.md").read_text("utf-8")
    assert text.startswith("# 量加法\n") and "| 表 |" in text
    assert text in capsys.readouterr().out
    found = json.loads((tmp_path / "build" / "bench" / "sums.json").read_text("utf-8"))
    assert found["figures"] == {"quick": True}
    assert [bound["holds"] for bound in found["bounds"]] == list(holds)
    assert found["machine"]["cores"] >= 1


def test_an_unknown_benchmark_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["nothing"])
    assert "没有 nothing;有的是:build" in capsys.readouterr().err


def test_every_listed_benchmark_can_be_run() -> None:
    for name in command.BENCHMARKS:
        assert isinstance(import_module(f"scripts.bench.{name}").BENCHMARK, Benchmark)
