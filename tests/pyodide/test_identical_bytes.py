"""The same question gives the same bytes in CPython, in Pyodide as it comes, and in the Python that the page starts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Timer

import pytest

from scripts.runtime.parts import Workshop
from tests.pyodide.questions import beside_rules, told_here, walked, write_rulebook

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
PYODIDE = ROOT / "node_modules" / "pyodide"
HEAP = "--max-old-space-size=128"
"""Megabytes for all that JavaScript keeps. Python's memory is beside it, so what grows here is kept by mistake."""
TOO_LONG_S = 3000


@contextmanager
def told_there(library: Path | str, folder_of_it: Path, texts: list[str], folder: Path) -> Iterator[Iterator[str]]:
    """What Pyodide under Node answers, one at a time."""
    cases = folder / "cases.jsonl"
    cases.write_text("\n".join(texts) + "\n", "utf-8")
    rulebook = write_rulebook(folder / "rulebook.json")
    command = ["node", HEAP, str(HERE / "answers.mjs"), str(PYODIDE), str(library), str(folder_of_it), str(rulebook), str(cases)]
    errors = folder / "errors"
    with errors.open("wb") as stderr, Popen(command, stdin=DEVNULL, stdout=PIPE, stderr=stderr) as node:
        assert node.stdout
        late = Timer(TOO_LONG_S, node.kill)
        late.start()
        try:
            yield (line.decode("utf-8", "replace").removesuffix("\n") for line in node.stdout)
            assert node.wait() == 0, errors.read_text("utf-8")[-2000:]
        finally:
            late.cancel()
            node.kill()


def compare(texts: list[str], stock: list[str], folder: Path) -> None:
    """`texts` are put to the page's library, `stock` to Pyodide as it comes."""
    shop = Workshop(ROOT / "node_modules", ROOT / "build" / "cache")
    bundle = shop.python(ROOT / "calculator") / "library.zip"
    for library, folder_of_it, asked in ((bundle, shop.pruned(), texts), ("stock", ROOT, stock)):
        with told_there(library, folder_of_it, asked, folder) as there:
            answers = zip_longest(asked, told_here(asked), there)
            different = [told for told in answers if told[1] != told[2]][:3]
        assert different == []


def test_some_questions(tmp_path: Path) -> None:
    wrong = ["{", "[]", '{"scheme": "resident"}', '{"scheme": "x"}', '{"a": NaN}', "[" * 5000]
    compare([*beside_rules()[::4], *walked(200), *wrong], [*beside_rules()[2::40], *walked(100), *wrong], tmp_path)


@pytest.mark.slow
def test_all_cases_and_five_thousand_of_the_walk(tmp_path: Path) -> None:
    texts = [*beside_rules(), *walked(5000)]
    compare(texts, texts, tmp_path)
