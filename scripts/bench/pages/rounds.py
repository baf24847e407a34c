"""Round after round every contender once under every condition: what else the machine does falls on all alike."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright, sync_playwright

from calculator import Case, Rulebook, answer, assess
from scripts.bench.pages.contenders import CONDITIONS, CONTENDERS, OURS, PLAIN, Condition
from scripts.bench.pages.disk import Times, round_of, unpacked
from scripts.bench.pages.homes import shelf
from scripts.bench.pages.longest import longest, traced
from scripts.bench.pages.server import Server, serving
from scripts.bench.pages.visits import Question, Visit, fresh_browser, visits
from scripts.progress import beating

Json = dict[str, Any]
KINDS = ("cold", "warm")
READY = "yb:python-ready"


@dataclass
class Found:
    """Everything measured. made[condition][contender][0 or 1]: the first or second visits, one a round.

    disk: by engine, from the disk and from a server. busy[contender]: milliseconds of the longest task of the main thread.
    """

    made: dict[str, dict[str, list[list[Visit]]]] = field(default_factory=dict)
    disk: dict[str, Times] = field(default_factory=dict)
    busy: dict[str, list[float]] = field(default_factory=dict)
    browser: str = ""


def measure(root: Path, rounds: int, conditions: Sequence[Condition]) -> Json:
    """All figures as JSON values. Raises RuntimeError if a rival cannot be had, a page gives no answer or a wrong one."""
    work = root / "build" / "bench" / "pages"
    asked = question(root)
    found = Found()
    with beating("准备各家的页面(第一次要几分钟) "):
        served = shelf(root, work)
    with serving(served) as server, sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        bundle = unpacked(root / "dist" / "yibao-offline.zip", Path(folder))
        with beating("先各看一遍,不计时 "):
            for contender in Condition("", "").contenders:
                visits(playwright, server, contender, Condition("", ""), asked)
        for number in range(rounds):
            for condition in conditions:
                with beating(f"第 {number + 1}/{rounds} 轮,{condition.title} "):
                    _round(playwright, server, condition, asked, found)
            with beating(f"第 {number + 1}/{rounds} 轮,file:// 和主线程 "):
                round_of(playwright, server, bundle, asked, found.disk)
                for who in (OURS, PLAIN):
                    found.busy.setdefault(who, []).append(boot(playwright, server, who))
        found.browser = version(playwright)
    return figures(root, rounds, asked, found)


def question(root: Path) -> Question:
    """A resident who missed three years, has repaid one and pays in March, anywhere in China: what all can be asked."""
    data = json.loads((root / "build" / "rulebook.json").read_text("utf-8"))
    book, year = Rulebook.load(data), int(str(data["data_date"])[:4])
    day = f"{year}-03-02"
    years = {"coverage_year": year, "last_covered_year": year - 4, "years_repaid": 1, "in_window": False}
    case = {"scheme": "resident", "place": "CN", "as_of": day, "paid_on": day, **years}
    months = assess(Case.parse(case, book), book).answers["waiting"].range.value
    return Question(case, answer(json.dumps(case), book), months.n)


def _round(playwright: Playwright, server: Server, condition: Condition, asked: Question, found: Found) -> None:
    by_name = found.made.setdefault(condition.name, {})
    for contender in condition.contenders:
        made = visits(playwright, server, contender, condition, asked)
        for kept, visit in zip(by_name.setdefault(contender.name, [[] for _ in made]), made, strict=True):
            kept.append(visit)


def boot(playwright: Playwright, server: Server, name: str) -> float:
    """Milliseconds of the longest task of the main thread while Python boots, in a fresh browser that is being traced.

    Nothing has been asked yet, so that nothing but booting keeps the page busy.
    """
    server.begin(None)
    with fresh_browser(playwright) as (context, _):
        events = traced(context.new_page(), server.address(f"{name}/{CONTENDERS[name].path}"), READY)
    return longest(events, "yb:interactive", READY)


def version(playwright: Playwright) -> str:
    """Name and number of the browser, as it says itself."""
    with fresh_browser(playwright) as (context, _):
        said = context.new_cdp_session(context.pages[0]).send("Browser.getVersion")
    return str(said["product"])


def figures(root: Path, rounds: int, asked: Question, found: Found) -> Json:
    """Medians for each visit of each contender under each condition, and all that they are of."""
    return {
        "rounds": rounds,
        "case": asked.case,
        "versions": {"browser": found.browser, **_versions(root)},
        "conditions": {
            name: {who: {KINDS[turn]: summed(made) for turn, made in enumerate(turns)} for who, turns in by_name.items()}
            for name, by_name in found.made.items()
        },
        "file": {
            engine: {**{home: statistics.median(all_) for home, all_ in times.items()}, "all": times}
            for engine, times in found.disk.items()
        },
        "longest_task": {who: {"ms": statistics.median(all_), "all": all_} for who, all_ in found.busy.items()},
        "given": {name: asdict(condition) for name, condition in CONDITIONS.items() if name in found.made},
        "contenders": {name: {"title": one.title, "ours": one.ours, "whole": one.whole} for name, one in CONTENDERS.items()},
    }


def summed(made: Sequence[Visit]) -> Json:
    """The median of each figure, and every single one."""
    each = [asdict(visit) for visit in made]
    return {**{key: statistics.median(one[key] for one in each) for key in each[0]}, "all": each}


def _versions(root: Path) -> Mapping[str, str]:
    installed = root / "build" / "bench" / "pages" / "rivals" / "node_modules"
    packages = {
        "pyodide": root / "node_modules" / "pyodide",
        "pyscript": installed / "@pyscript" / "core",
        "micropython": installed / "@micropython" / "micropython-webassembly-pyscript",
        "publicodes": root / "build" / "engines" / "publicodes" / "node_modules" / "publicodes",
    }
    return {name: json.loads((folder / "package.json").read_text("utf-8"))["version"] for name, folder in packages.items()}
