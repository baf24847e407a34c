"""What became of each mutant, line by line, so that a whole run that was cut goes on where it stopped.

Kept by what it was made from: once the calculator, a rule or a judge is another, nothing of it counts any more.
"""

from __future__ import annotations

import json
from pathlib import Path

from scripts.fingerprint import digest
from tests.mutation.cover import MADE_FROM
from tests.mutation.mutants import LOCK, ROOT, Mutant

JUDGED_BY = (*MADE_FROM, "tests/mutation/mutants.py", "tests/mutation/run.py", LOCK.name)


class Journal:
    """As a mapping that grows: mutant → its killer, None for one that survived."""

    def __init__(self, folder: Path | None = None) -> None:
        key = digest(ROOT, JUDGED_BY, {}, without=("calculator/rulebook.json",))
        self.path = (folder or ROOT / "build" / "cache") / f"mutation-{key[:32]}.jsonl"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._known: dict[str, str | None] = {}
        written = self.path.read_bytes() if self.path.is_file() else b""
        whole = written[: written.rfind(b"\n") + 1]  # the last line may have been cut
        if whole != written:
            self.path.write_bytes(whole)
        for line in whole.splitlines():
            name, killer = json.loads(line)
            self._known[name] = killer

    def __contains__(self, mutant: Mutant) -> bool:
        return _key(mutant) in self._known

    def __getitem__(self, mutant: Mutant) -> str | None:
        return self._known[_key(mutant)]

    def __setitem__(self, mutant: Mutant, killer: str | None) -> None:
        self._known[_key(mutant)] = killer
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([_key(mutant), killer], ensure_ascii=False) + "\n")


def _key(mutant: Mutant) -> str:
    """Names are not enough: one function can hold the same line twice."""
    return f"{mutant.path} {mutant.start} {mutant.end} {mutant.new}"
