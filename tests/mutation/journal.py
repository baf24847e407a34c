"""What became of each mutant, line by line, so that a whole run that was cut, or that new tests followed, goes on.

A verdict holds as long as what it rests on is as it was. All of them rest on the calculator, the rules and the way of
judging: once one of these is another, nothing counts any more. A kill rests on its killer besides – one kept answer with
its question, or one test file with what test files share – so that a test written for a survivor leaves every kill as it
stands. That a mutant survived rests on all judges: any new one may find it out.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from scripts.fingerprint import digest
from tests import prepared
from tests.kept import take_away
from tests.mutation import killers
from tests.mutation.cover import MADE_FROM
from tests.mutation.mutants import LOCK, ROOT, Mutant

RESTS_ON = (*prepared.MADE_FROM, "tests/kept/take_away.py", "tests/mutation/cover.py", "tests/mutation/killers.py",
            "tests/mutation/mutants.py", "tests/mutation/run.py", LOCK.name)  # fmt: skip
NOT_RULES = ("calculator/rulebook.json",)


class Journal:
    """As a mapping that grows: mutant → its killer, None for one that survived."""

    def __init__(self, folder: Path | None = None) -> None:
        key = digest(ROOT, RESTS_ON, {}, without=NOT_RULES)
        self.path = (folder or ROOT / "build" / "cache") / f"mutation-{key[:32]}.jsonl"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._known: dict[str, str | None] = {}
        written = self.path.read_bytes() if self.path.is_file() else b""
        whole = written[: written.rfind(b"\n") + 1]  # the last line may have been cut
        if whole != written:
            self.path.write_bytes(whole)
        for line in whole.splitlines():
            name, killer, state = json.loads(line)
            self._known.pop(name, None)  # a later verdict takes the place of an earlier one
            if state == judge(killer):
                self._known[name] = killer

    def __contains__(self, mutant: Mutant) -> bool:
        return _key(mutant) in self._known

    def __getitem__(self, mutant: Mutant) -> str | None:
        return self._known[_key(mutant)]

    def __setitem__(self, mutant: Mutant, killer: str | None) -> None:
        self._known[_key(mutant)] = killer
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([_key(mutant), killer, judge(killer)], ensure_ascii=False) + "\n")


@cache
def judge(killer: str | None) -> str:
    """What this verdict rests on besides what all rest on, as a hash."""
    if killer is not None and killer.startswith("case "):
        return ""  # it stands beside the rules, on which all rest
    if killer is not None and killer.startswith(killers.KEPT):
        name = killer.removeprefix(killers.KEPT)
        question = json.dumps(take_away.cases().get(name), ensure_ascii=False, sort_keys=True)
        answer = take_away.ANSWERS / f"{name}.txt"
        return digest(ROOT, [str(answer.relative_to(ROOT))], {"question": question})
    named = killers.file_of(killer or "")
    if named.endswith(".py"):
        return digest(ROOT, [named, *_shared()], {})
    return digest(ROOT, MADE_FROM, {}, without=NOT_RULES)  # it survived, or it ended in a way that is nobody's own


@cache
def _shared() -> tuple[str, ...]:
    """What lies beside the tests and is none itself: any test may lean on it."""
    beside = [path for folder in ("unit", "property") for path in sorted((ROOT / "tests" / folder).iterdir())]
    shared = [path for path in beside if not path.name.startswith("test_") and path.name != "__pycache__"]
    return ("tests/conftest.py", *(str(path.relative_to(ROOT)) for path in shared))


def _key(mutant: Mutant) -> str:
    """Names are not enough: one function can hold the same line twice."""
    return f"{mutant.path} {mutant.start} {mutant.end} {mutant.new}"
