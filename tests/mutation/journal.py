"""What became of each mutant, line by line, so that a whole run that was cut, or that new tests followed, goes on.

A verdict holds as long as what it rests on is as it was. All of them rest on the calculator, the rules and the way of
judging: once one of these is another, nothing counts any more. A kill rests on its killer besides – one kept answer with
its question, or one test file with what test files share – so that a test written for a survivor leaves every kill as it
stands. A survivor is asked of nothing but the judges that are new or another since.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache
from pathlib import Path

from scripts.fingerprint import digest
from tests import prepared
from tests.kept import take_away
from tests.mutation import killers
from tests.mutation.cover import FIXTURE
from tests.mutation.mutants import LOCK, ROOT, Mutant

RESTS_ON = (*prepared.MADE_FROM, "tests/kept/take_away.py", "tests/mutation/cover.py", "tests/mutation/killers.py",
            "tests/mutation/mutants.py", "tests/mutation/run.py", LOCK.name)  # fmt: skip
NOT_RULES = ("calculator/rulebook.json",)
JUDGES = "judges "
"""So begins the line that says which judges the survivors after it have met."""


class Journal:
    """killer_of: mutant → its killer, None for one that survived all judges there are. met: judges that a survivor has met."""

    def __init__(self, judges: Collection[str], folder: Path | None = None) -> None:
        """judges: all there are, by the names that killers have; a test may stand for its file."""
        key = digest(ROOT, RESTS_ON, {}, without=NOT_RULES)
        self.path = (folder or ROOT / "build" / "cache") / f"mutation-{key[:32]}.jsonl"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._judges = {name: state_of(name) for name in sorted({whose(one) for one in judges})}
        self._killers: dict[str, str | None] = {}
        self._met: dict[str, set[str]] = {}
        self._read()

    def _read(self) -> None:
        written = self.path.read_bytes() if self.path.is_file() else b""
        whole = written[: written.rfind(b"\n") + 1]  # the last line may have been cut
        if whole != written:
            self.path.write_bytes(whole)
        met: set[str] = set()
        for name, killer, state in map(json.loads, whole.splitlines()):
            if name == JUDGES:
                met = {judge for judge, before in state.items() if self._judges.get(judge) == before}
            elif killer is None:
                self._met[name] = self._met.get(name, set()) | met
            elif state == state_of(whose(killer)):
                self._killers[name] = killer
        self._killers |= {name: None for name, those in self._met.items() if those == {*self._judges}}
        self._write(JUDGES, None, self._judges)

    def __contains__(self, mutant: Mutant) -> bool:
        return _key(mutant) in self._killers

    def __getitem__(self, mutant: Mutant) -> str | None:
        return self._killers[_key(mutant)]

    def __setitem__(self, mutant: Mutant, killer: str | None) -> None:
        self._killers[_key(mutant)] = killer
        self._write(_key(mutant), killer, None if killer is None else state_of(whose(killer)))

    def left(self, mutant: Mutant, judges: Collection[str]) -> list[str]:
        """Those of these judges that the mutant has not survived yet."""
        met = self._met.get(_key(mutant), set())
        return [judge for judge in judges if whose(judge) not in met]

    def _write(self, *line: object) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def whose(judge: str) -> str:
    """A test belongs to its file; every other judge stands for itself."""
    file = killers.file_of(judge.removeprefix(FIXTURE))
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
