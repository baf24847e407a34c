"""Runs mutants, each in a fork of this process that has everything loaded but the calculator itself.

    python -m tests.mutation.run            all of them; the survivors must stand in survivors.yaml
    python -m tests.mutation.run 300        a sample of so many: the first of a seeded shuffle
    python -m tests.mutation.run calculator/words.py    those of one file, while its tests are written

A mutant is judged only by what runs its line (cover.py); a line that runs while the calculator is loaded, by everything.
First come the kept answers, which are quick and see everything, then cases beside the rules, then tests, the quick ones
first, as long as the patience for one mutant lasts: what is left unasked counts as not having noticed, never as a kill.

What was judged stays judged (journal.py): a run that was cut goes on, and a survivor meets only judges that are new.

A sample takes it from survivors.yaml that a mutant lives, and counts it so; the whole run asks again. It fails for a
survivor that is not listed there and for a name there that no mutant has, and tells which listed ones are found out by now.
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
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests import prepared
from tests.kept import take_away
from tests.mutation import killers
from tests.mutation.cover import FIXTURE, covered
from tests.mutation.journal import ENDLESS, Journal
from tests.mutation.judges import CASE, KEPT_ANSWER, Judges
from tests.mutation.mutants import ROOT, Mutant, mutants

SEED = 20261122
AT_ONCE = 2
MOST_MEMORY = 4 << 30
LEAST_SECONDS = 6
"""Of computing, for each of the three kinds of judges, beside three times what they took: more is a mutant without end."""
KEPT = Path(__file__).with_name("survivors.yaml")
REPORT = ROOT / "build" / "mutation.json"
NEEDED = ("hypothesis", "jsonschema", "icalendar", "chinese_calendar", "yaml", "xml.etree.ElementTree", "pytest", "argparse")
Json = dict[str, Any]


class Outcome(NamedTuple):
    """killer: who found the mutant out; None = it survived. asked: the judges that it was given to."""

    mutant: Mutant
    killer: str | None
    asked: list[str]


def outcomes(every: Iterable[tuple[Mutant, list[str]]], judges: Judges) -> Iterator[Outcome]:
    """Each mutant's, in the order in which they come to an end. every: with the names of those who are to judge it."""
    running: dict[int, tuple[Mutant, list[str], int]] = {}
    waiting = iter(every)
    while True:
        while len(running) < AT_ONCE and (one := next(waiting, None)) is not None:
            pid, told = _fork(*one, judges)
            running[pid] = (*one, told)
        if not running:
            return
        pid, status = os.wait()
        mutant, names, told = running.pop(pid)
        with os.fdopen(told, "r", encoding="utf-8") as pipe:
            said = pipe.read()
        yield Outcome(mutant, _killer(said, status), names)


def _killer(said: str, status: int) -> str | None:
    if os.WIFSIGNALED(status):
        return ENDLESS if os.WTERMSIG(status) == signal.SIGXCPU else f"signal {os.WTERMSIG(status)}"
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
    warnings.simplefilter("ignore")  # "is" with a literal, and the like
    sys.meta_path.insert(0, _Changed(mutant))
    answers = [name for name in names if name.startswith(KEPT_ANSWER)]
    cases = [name for name in names if name.startswith(CASE)]
    tests = [name for name in names if not name.startswith((KEPT_ANSWER, CASE))]
    _allow(judges.time(answers))
    if answers and (found := killers.changed_answer(name.removeprefix(KEPT_ANSWER) for name in answers)) is not None:
        return found
    _allow(judges.time(cases))
    if cases and (found := killers.failing_case(int(name.removeprefix(CASE)) for name in cases)) is not None:
        return found
    _allow(judges.time(tests) + judges.time({FIXTURE + killers.file_of(name) for name in tests}))
    return killers.failing_test(tests, judges.seconds) if tests else None


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
    journal, began = Journal(judges.everyone), time.monotonic()
    known = explained() if count is not None else {}  # the whole run asks again
    done: list[Outcome] = []

    def asked() -> Iterator[tuple[Mutant, list[str]]]:
        for mutant in itertools.islice((one for one in mutants(SEED) if one.path.startswith(path)), count):
            if mutant.name in known:
                done.append(Outcome(mutant, None, []))
            elif (killer := journal.killer(mutant)) is not None or not (left := journal.left(mutant, judges.of(mutant))):
                done.append(Outcome(mutant, killer, []))
            else:
                yield mutant, left

    for outcome in outcomes(asked(), judges):
        done.append(outcome)
        if outcome.killer is None:
            journal.survived(outcome.mutant, outcome.asked)
        else:
            journal.killed(outcome.mutant, outcome.killer)
        if len(done) % 100 == 0:
            lived = sum(one.killer is None for one in done)
            print(f"{len(done)} 个，存活 {lived} 个，{time.monotonic() - began:.0f} 秒", flush=True)
    told = [[one.mutant.name, one.mutant.operator, one.killer] for one in done]
    REPORT.write_text(json.dumps(told, ensure_ascii=False, indent=0), "utf-8")
    return done


def unlike(done: Iterable[Outcome], known: Iterable[str]) -> list[str]:
    """Where survivors.yaml and a run over all mutants part, one line each: survivors not listed, names without a mutant.

    known: the names listed.
    """
    killer = {one.mutant.name: one.killer for one in done if one.killer is not None}
    lived = {one.mutant.name for one in done if one.killer is None}
    return [
        *(f"存活，还没有说明：{name}" for name in sorted(lived - {*known})),
        *(f"{KEPT.name} 里有，却没有这样的变异，请删去：{name}" for name in sorted({*known} - lived - killer.keys())),
    ]


def main(arguments: list[str]) -> int:
    chosen = arguments[0] if arguments else ""
    count = int(chosen) if chosen.isdigit() else None
    done = run(count, "" if count else chosen)
    lived = {one.mutant.name for one in done if one.killer is None}
    known = {name for name in explained() if count is None and name.startswith(chosen)}
    wrong = unlike(done, known) if count is None else []
    found = {one.mutant.name for one in done if one.killer is not None}
    told = [*wrong, *(f"已经能发现，可从 {KEPT.name} 删去：{name}" for name in sorted((known & found) - lived))]
    print("\n".join(told), end="\n" * bool(told))
    rate, wanted = 1 - sum(one.killer is None for one in done) / len(done), 0.92 if count is None else 0.85
    print(f"变异：{len(done)} 个，杀死 {rate:.1%}（至少要 {wanted:.0%}）；与 {KEPT.name} 不符的有 {len(wrong)} 条")
    return 0 if rate >= wanted and not wrong else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
