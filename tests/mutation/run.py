"""Runs mutants, each in a fork of this process that has everything loaded but the calculator itself.

    python -m tests.mutation.run            all of them; the survivors must stand in survivors.yaml
    python -m tests.mutation.run 300        a sample of so many: the first of a seeded shuffle
    python -m tests.mutation.run calculator/words.py    those of one file, while its tests are written

A mutant is judged only by what runs its line (cover.py); a line that runs while the calculator is loaded, by everything.
First come the kept answers, which are quick and see everything, then cases beside the rules, then tests, the quick ones
first, as long as the patience for one mutant lasts: what is left unasked counts as not having noticed, never as a kill.

What was judged stays judged (journal.py): a run that was cut goes on, and a survivor meets only judges that are new.

A sample takes it from survivors.yaml that a mutant lives, and counts it so; the whole run asks again, and tells which
mutants listed there are found out by now.
"""

from __future__ import annotations

import gc
import importlib.machinery
import importlib.util
import itertools
import json
import os
import resource
import signal
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests import prepared
from tests.kept import take_away
from tests.mutation.cover import FIXTURE, LOADED, covered
from tests.mutation.journal import Journal
from tests.mutation.mutants import ROOT, Mutant, mutants

SEED = 20261122
AT_ONCE = 2
MOST_MEMORY = 4 << 30
LEAST_SECONDS = 6
"""Of computing, for each of the three kinds of judges, beside three times what they took: more is a mutant without end."""
MOST_SECONDS = 3.0
PATIENCE = 5.0
"""Seconds of tests, as measured, that one mutant gets."""
MOST_CASES = 250
NOBODY = {"", LOADED}
"""No killer's turn: while the calculator or what all tests share is loaded."""
KEPT = Path(__file__).with_name("survivors.yaml")
REPORT = ROOT / "build" / "mutation.json"
NEEDED = ("hypothesis", "jsonschema", "icalendar", "chinese_calendar", "yaml", "xml.etree.ElementTree", "pytest", "argparse")
Json = dict[str, Any]


class Outcome(NamedTuple):
    """killer: who found the mutant out; None = it survived. "time" stands for one that did not come to an end."""

    mutant: Mutant
    killer: str | None


class Judges:
    """Who judges which line."""

    def __init__(self, cover: Json) -> None:
        self.lines = cover["lines"]
        self.seconds = _with_files(cover["seconds"])
        everyone = {name for file in self.lines.values() for names in file.values() for name in names}
        self.everyone = sorted(name for name in everyone if name not in NOBODY)

    def of(self, mutant: Mutant) -> list[str]:
        by_line = self.lines.get(mutant.path, {})
        first, last = mutant.lines
        names = {name for line in range(first, last + 1) for name in by_line.get(str(line), ())}
        if not names - NOBODY or names & NOBODY:
            names = {*names, *self.everyone} if names else set()
        return sorted({name.removeprefix(FIXTURE) for name in names - NOBODY if not self._slow(name)})

    def _slow(self, name: str) -> bool:
        """A test that takes long, with what its file prepares, judges nobody: it would be the whole cost of each survivor."""
        prepares = self.seconds.get(FIXTURE + name.removeprefix(FIXTURE).split("::")[0], 0.0)
        return self.seconds.get(name, 0.0) + prepares > MOST_SECONDS

    def time(self, names: Iterable[str]) -> float:
        return sum(self.seconds.get(name, 0.0) for name in names)

    def patient(self, tests: Iterable[str]) -> list[str]:
        """The quickest of these tests, as many as there is patience for."""
        quickest, chosen, taken = sorted(tests, key=lambda name: self.seconds.get(name, 0.0)), [], 0.0
        for name in quickest:
            taken += self.seconds.get(name, 0.0)
            if taken > PATIENCE:
                break
            chosen.append(name)
        return chosen


def _with_files(seconds: Mapping[str, float]) -> dict[str, float]:
    """How long each test took, and by the name of its file all of a file together."""
    found = Counter(seconds)
    for name, taken in seconds.items():
        if "::" in name and not name.startswith(FIXTURE):
            found[name.split("::")[0]] += taken
    return dict(found)


def outcomes(every: Iterable[tuple[Mutant, list[str]]], judges: Judges) -> Iterator[Outcome]:
    """Each mutant's, in the order in which they come to an end. every: with the names of those who are to judge it."""
    running: dict[int, tuple[Mutant, int]] = {}
    waiting = iter(every)
    while True:
        while len(running) < AT_ONCE and (one := next(waiting, None)) is not None:
            pid, told = _fork(*one, judges)
            running[pid] = (one[0], told)
        if not running:
            return
        pid, status = os.wait()
        mutant, told = running.pop(pid)
        with os.fdopen(told, "r", encoding="utf-8") as pipe:
            said = pipe.read()
        yield Outcome(mutant, _killer(said, status))


def _killer(said: str, status: int) -> str | None:
    if os.WIFSIGNALED(status):
        return "time" if os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGALRM) else f"signal {os.WTERMSIG(status)}"
    found: Json = json.loads(said) if said else {"killer": f"exit {os.WEXITSTATUS(status)}"}
    return found["killer"]


def _fork(mutant: Mutant, names: list[str], judges: Judges) -> tuple[int, int]:
    """The child's number and where it says who killed its mutant."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        gc.disable()
        os.write(writing, json.dumps({"killer": _judge(mutant, names, judges)}).encode())
    except BaseException as error:  # whatever the mutant does ends here
        os.write(writing, json.dumps({"killer": f"{type(error).__name__}"}).encode())
    finally:
        os._exit(0)


def _judge(mutant: Mutant, names: list[str], judges: Judges) -> str | None:
    from tests.mutation import killers

    sys.meta_path.insert(0, _Changed(mutant))
    answers = [name.removeprefix(killers.KEPT) for name in names if name.startswith(killers.KEPT)]
    cases = [int(name.removeprefix("case ")) for name in names if name.startswith("case ")]
    spread = sorted(cases, key=lambda number: number * 7919 % 1009)[:MOST_CASES]  # neighbours are alike
    tests = judges.patient(name for name in names if not name.startswith((killers.KEPT, "case ")))
    _allow(judges.time(killers.KEPT + name for name in answers))
    if answers and (found := killers.changed_answer(sorted(answers, key=_anyhow))) is not None:
        return found
    _allow(judges.time(killers.name_of_case(number) for number in spread))
    if spread and (found := killers.failing_case(spread)) is not None:
        return found
    _allow(judges.time(tests) + judges.time({FIXTURE + killers.file_of(name) for name in tests}))
    return killers.failing_test(tests, judges.seconds) if tests else None


def _anyhow(name: str) -> int:
    """An order in which neighbours are not alike, the same each time."""
    return zlib.crc32(name.encode())


def _allow(seconds: float) -> None:
    """So much more computing, and twenty times that by the clock on the wall."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = LEAST_SECONDS + int(used.ru_utime + used.ru_stime + 3 * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
    signal.alarm(20 * limit)


class _Changed:
    """Finds the one changed module; of all others it knows nothing."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        if name != self.mutant.module:
            return None
        file = str(ROOT / self.mutant.path)
        inside = [str(Path(file).parent)] if file.endswith("__init__.py") else None
        loader = _Loader(name, file, self.mutant)
        return importlib.util.spec_from_file_location(name, file, loader=loader, submodule_search_locations=inside)


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, file: str, mutant: Mutant) -> None:
        super().__init__(name, file)
        self.mutant = mutant

    def get_code(self, fullname: str) -> Any:
        return compile(self.mutant.source(), self.path, "exec", dont_inherit=True)


def prepare() -> Judges:
    """Everything loaded that a child needs and that does not come from the calculator. The tests must pass as they are."""
    cover = covered()
    assert not cover["failed"], f"these fail without any change: {cover['failed']}"
    os.environ |= {prepared.VARIABLE: str(prepared.write()), "HYPOTHESIS_PROFILE": "few", "PYTHONWARNINGS": "ignore"}
    prepared.expected(), take_away.raw_rulebook(), take_away.cases()
    for name in NEEDED:
        importlib.import_module(name)
    early = [name for name in sys.modules if name.split(".")[0] == "calculator"]
    assert not early, f"loaded too early to be changed: {early}"
    return Judges(cover)


def unchanged() -> Mutant:
    """No mutant at all: whoever is said to kill it kills everything."""
    return Mutant("calculator/values.py", "none", (1, 0), (1, 0), "", (1, 1), "module", "")


def explained() -> dict[str, str]:
    """Survivors that are known: name → class."""
    kept: Json = yaml.safe_load(KEPT.read_text("utf-8"))
    found = {name: one["class"] for one in kept["survivors"] for name in one["mutants"]}
    assert set(found.values()) <= set(kept["classes"])
    return found


def run(count: int | None, path: str = "") -> list[Outcome]:
    """The outcomes of a sample, or of all. path: only mutants of this file, or of files in this folder."""
    judges = prepare()
    nothing = unchanged()
    (found,) = outcomes([(nothing, judges.of(nothing))], judges)
    assert found.killer is None, f"{found.killer} fails without any change"
    gc.freeze()
    known, journal, began = explained(), Journal(judges.everyone), time.monotonic()
    done: list[Outcome] = []

    def asked() -> Iterator[tuple[Mutant, list[str]]]:
        for mutant in itertools.islice((one for one in mutants(SEED) if one.path.startswith(path)), count):
            if count is not None and mutant.name in known:
                done.append(Outcome(mutant, None))
            elif mutant in journal:
                done.append(Outcome(mutant, journal[mutant]))
            else:
                yield mutant, journal.left(mutant, judges.of(mutant))

    for outcome in outcomes(asked(), judges):
        done.append(outcome)
        journal[outcome.mutant] = outcome.killer
        if len(done) % 100 == 0:
            lived = sum(one.killer is None for one in done)
            print(f"{len(done)} 个，存活 {lived} 个，{time.monotonic() - began:.0f} 秒", flush=True)
    for outcome in done:
        if outcome.killer is None and outcome.mutant.name not in known:
            print(f"存活：{outcome.mutant.name}", flush=True)
        if outcome.killer is not None and outcome.mutant.name in known:
            print(f"已经能发现，请从 {KEPT.name} 删去：{outcome.mutant.name}", flush=True)
    told = [[one.mutant.name, one.mutant.operator, one.killer] for one in done]
    REPORT.write_text(json.dumps(told, ensure_ascii=False, indent=0), "utf-8")
    return done


def main(arguments: list[str]) -> int:
    chosen = arguments[0] if arguments else ""
    count = int(chosen) if chosen.isdigit() else None
    done, known = run(count, "" if count else chosen), explained()
    lived = [one.mutant.name for one in done if one.killer is None]
    new = [name for name in lived if name not in known]
    rate, wanted = 1 - len(lived) / len(done), 0.92 if count is None else 0.85
    print(f"变异：{len(done)} 个，杀死 {rate:.1%}（至少要 {wanted:.0%}）；{len(new)} 个存活的还没有说明")
    return 0 if rate >= wanted and (count is not None or not new) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
