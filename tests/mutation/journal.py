"""What became of each mutant, line by line, so that a whole run that was cut, or that new tests followed, goes on.

A verdict holds as long as what it rests on is as it was. All of them rest on the calculator, the rules, the packages and the
way of judging: once one of these is another, nothing counts any more. A kill rests on its killer besides – one kept answer
with its question, or one test file with what test files share – so that a test written for a survivor leaves every kill as
it stands. Of a survivor it is written who was asked: another time it is asked of those alone who are new or another since.

What the machine may have had a hand in – too little memory, a clock on the wall – is written nowhere: it is asked again.
"""

from __future__ import annotations

import fcntl
import json
import platform
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from scripts.fingerprint import digest
from tests import prepared
from tests.kept import take_away
from tests.mutation import killers
from tests.mutation.cover import FIXTURE
from tests.mutation.mutants import LOCK, ROOT, Mutant

RESTS_ON = (*prepared.MADE_FROM, "requirements.txt", "pyproject.toml", "tests/kept/take_away.py", LOCK.name, *(
    f"tests/mutation/{name}.py" for name in ("cover", "journal", "judges", "killers", "mutants", "run")
))  # fmt: skip
NOT_RULES = ("calculator/rulebook.json",)
JUDGES = "judges "
"""So begins the line that names the judges of a run; the lines after it name some of them by their place there."""
ENDLESS = "time"
"""The killer of a mutant that does not come to an end."""


class Journal:
    """Verdicts of runs before, and of this one. Only one run at a time may write: `BlockingIOError` for a second one."""

    def __init__(self, judges: Iterable[str], folder: Path | None = None) -> None:
        """judges: all there are, by the names that killers have."""
        key = digest(ROOT, RESTS_ON, {"python": platform.python_version()}, without=NOT_RULES)
        path = (folder or ROOT / "build" / "cache") / f"mutation-{key[:32]}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a+", encoding="utf-8")
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._states = {name: state_of(whose(name)) for name in sorted({one.removeprefix(FIXTURE) for one in judges})}
        self._places = {name: place for place, name in enumerate(self._states)}
        self._killers: dict[str, str] = {}
        self._met: dict[str, set[str]] = {}
        self._read(path.read_bytes())
        self._write(JUDGES, None, self._states)

    def _read(self, written: bytes) -> None:
        whole = written[: written.rfind(b"\n") + 1]  # the last line may have been cut
        if whole != written:
            self._file.truncate(len(whole))
        named: list[tuple[str, str]] = []
        for name, killer, rest in map(json.loads, whole.splitlines()):
            if name == JUDGES:
                named = list(rest.items())
            elif killer is None:
                self._met.setdefault(name, set()).update(
                    judge for judge, before in map(named.__getitem__, rest) if self._states.get(judge) == before
                )
            elif rest == state_of(whose(killer)):
                self._killers[name] = killer

    def killer(self, mutant: Mutant) -> str | None:
        """Who is known to find the mutant out."""
        return self._killers.get(_key(mutant))

    def left(self, mutant: Mutant, judges: Collection[str]) -> list[str]:
        """Those of these judges that the mutant has not survived yet."""
        met = self._met.get(_key(mutant), set())
        return [judge for judge in judges if judge not in met]

    def killed(self, mutant: Mutant, killer: str) -> None:
        if killer in self._states or killer == ENDLESS:
            self._killers[_key(mutant)] = killer
            self._write(_key(mutant), killer, state_of(whose(killer)))

    def survived(self, mutant: Mutant, asked: Iterable[str]) -> None:
        """asked: the judges that did not notice."""
        met = {*asked}
        self._met.setdefault(_key(mutant), set()).update(met)
        self._write(_key(mutant), None, sorted(map(self._places.__getitem__, met)))

    def close(self) -> None:
        self._file.close()

    def _write(self, *line: object) -> None:
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()


def whose(judge: str) -> str:
    """A test belongs to its file; every other judge stands for itself."""
    file = killers.file_of(judge)
    return file if file.endswith(".py") else judge


@cache
def state_of(judge: str) -> str:
    """What a verdict of this judge rests on besides what all rest on, as a hash."""
    if judge.startswith(killers.KEPT):
        name = judge.removeprefix(killers.KEPT)
        question = json.dumps(take_away.cases().get(name), ensure_ascii=False, sort_keys=True)
        answer = take_away.ANSWERS / f"{name}.txt"
        return digest(ROOT, [str(answer.relative_to(ROOT))], {"question": question})
    if judge.endswith(".py"):
        return digest(ROOT, [judge, *_shared()], {})
    return ""  # a case stands beside the rules, on which all rest; what never ends or falls over does so before anyone


@cache
def _shared() -> tuple[str, ...]:
    """What lies beside the tests and is none itself: any test may lean on it."""
    beside = [path for folder in ("unit", "property") for path in sorted((ROOT / "tests" / folder).iterdir())]
    shared = [path for path in beside if not path.name.startswith("test_") and path.name != "__pycache__"]
    return ("tests/conftest.py", *(str(path.relative_to(ROOT)) for path in shared))


def _key(mutant: Mutant) -> str:
    """Names are not enough: one function can hold the same line twice."""
    return f"{mutant.path} {mutant.start} {mutant.end} {mutant.new}"
