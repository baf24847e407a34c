"""Which lines and branches of `calculator/` the tests run, and which test runs which line: measured once, kept by content.

    python -m tests.mutation.cover      prints what no test runs; exit 1 if there is anything
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests import prepared
from tests.kept import take_away

ROOT = Path(__file__).resolve().parents[2]
LOADED = "load"
FIXTURE = "fixture "
JUDGES = ("tests/kept", "tests/unit", "tests/property", "tests/mutation/cover.py", "tests/mutation/killers.py")
MADE_FROM = (*prepared.MADE_FROM, *JUDGES)
Json = dict[str, Any]


def covered() -> Json:
    """{"lines": {file: {line: [killer]}}, "seconds": {killer: n}, "missing": {file: [what]}, "failed": [test]}.

    Measured in a process of its own, whose calculator is imported under measurement.
    """
    def make(folder: Path) -> None:
        command = [sys.executable, "-c", f"from tests.mutation.cover import _measure; _measure({str(folder)!r})"]
        environment = {**os.environ, "HYPOTHESIS_PROFILE": "few", prepared.VARIABLE: str(prepared.write())}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdin=subprocess.DEVNULL)

    found: Json = json.loads((prepared.kept("covered", MADE_FROM, make) / "covered.json").read_text("utf-8"))
    return found


def _measure(folder: str) -> None:
    import coverage

    from tests.mutation import killers

    cover = coverage.Coverage(data_file=str(Path(folder) / "data"), branch=True, source=["calculator"], config_file=False)
    clock = _Clock(cover)
    cover.start()
    clock.turn(LOADED)
    _load_all()
    changed = killers.changed_answer(take_away.cases(), clock.turn)
    unmet = killers.failing_case(range(len(prepared.expected())), clock.turn)
    wrong = [one for one in (changed, unmet) if one is not None]
    follow = _Follow(clock)
    code = killers.run_tests(killers.SUITE, [follow])
    clock.turn("")
    cover.stop()
    cover.save()
    cover.json_report(outfile=str(Path(folder) / "report.json"))
    report = json.loads((Path(folder) / "report.json").read_text("utf-8"))["files"]
    data = cover.get_data()
    lines = {
        str(Path(name).relative_to(ROOT)): {str(n): sorted(set(by)) for n, by in data.contexts_by_lineno(name).items() if by}
        for name in data.measured_files()
    }
    missing = {name: _missing(one) for name, one in sorted(report.items())}
    failed = [*follow.failed, *wrong, *([f"pytest exit {code}"] if code and not follow.failed else [])]
    made = {"lines": lines, "seconds": clock.seconds, "missing": {n: m for n, m in missing.items() if m}, "failed": failed}
    (Path(folder) / "covered.json").write_text(json.dumps(made), "utf-8")


def _load_all() -> None:
    """Every module, so that what runs while one is loaded is nobody's turn, whoever would have been the first to want it."""
    import calculator

    for module in pkgutil.walk_packages(calculator.__path__, "calculator."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _missing(report: Json) -> list[str]:
    branches = [f"{start}→{'exit' if end < 0 else end}" for start, end in report.get("missing_branches", [])]
    return [*map(str, report["missing_lines"]), *branches]


class _Clock:
    """Says whose turn it is, to the measurement and to the watch."""

    def __init__(self, cover: Any) -> None:
        self.cover, self.seconds, self.now, self.since = cover, {}, "", time.process_time()

    def turn(self, name: str) -> None:
        at = time.process_time()
        self.seconds[self.now] = self.seconds.get(self.now, 0.0) + at - self.since
        self.now, self.since = name, at
        self.cover.switch_context(name)


class _Follow:
    """Each test is a turn of its own; what several tests share is the turn of their file."""

    def __init__(self, clock: _Clock) -> None:
        self.clock, self.failed = clock, []

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.clock.turn(nodeid)

    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Any:
        if fixturedef.scope != "function":
            file = request.node.nodeid.split("::")[0]
            self.clock.turn(FIXTURE + file if file else LOADED)  # what the whole session shares is everybody's

    def pytest_runtest_call(self, item: Any) -> None:
        self.clock.turn(item.nodeid)

    def pytest_runtest_logfinish(self) -> None:
        self.clock.turn(LOADED)

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


def main() -> int:
    found = covered()
    for name in found["failed"]:
        print(f"{name}: fails")
    for name, missing in found["missing"].items():
        print(f"{name}: {' '.join(missing)}")
    print("覆盖率:" + ("还有没跑到的分支。" if found["missing"] else "calculator/ 的每个分支都跑到了。"))
    return 1 if found["missing"] or found["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
