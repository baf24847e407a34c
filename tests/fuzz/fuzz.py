"""Bytes that libFuzzer finds by following the calculator's own branches (atheris; its own environment, see `make fuzz`).

    python tests/fuzz/fuzz.py SECONDS

What it finds is kept in tests/fuzz/found/ and asked again by every run of the tests.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
FOUND = Path(__file__).parent / "found"
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["calculator"]):
    import calculator
    from tests.fuzz import target

PREPARED = json.loads(Path(os.environ["YIBAO_PREPARED"]).read_text("utf-8"))
BOOK = calculator.Rulebook.load(PREPARED["rulebook"])


def seeds(folder: Path) -> None:
    """Real questions to begin with, at each door."""
    texts = [json.dumps(one["case"], ensure_ascii=False).encode() for one in PREPARED["cases"][::6]]
    for number, text in enumerate(texts):
        (folder / f"text-{number}").write_bytes(b"T" + text)
    for number in range(0, len(texts) - 3, 3):
        (folder / f"lines-{number}").write_bytes(b"L" + b"\n".join(texts[number : number + 3]))
    for option in ("--svg", "--ics", "--text", "--jsonl", "--trace", "-"):
        (folder / f"command{option}").write_bytes(b"Cassess\n" + option.encode() + b"\n\n" + texts[7])
    (folder / "command-schema").write_bytes(b"Cschema\ncase\n\n")


def words(path: Path) -> None:
    """What libFuzzer may put in: every key, every choice, marks of JSON, days at the edges."""
    from calculator.fields import FIELDS

    names = [field.name for field in FIELDS] + [item.name for field in FIELDS for item in field.items]
    choices = [choice for field in FIELDS for choice in field.choices] + list(BOOK.groups)
    marks = ["null", "true", "NaN", "1e999", "-0", "[[", "{}", "\\ud800", "9999-12-31", "1949-01-01", "2026-02-29", "0.00"]
    told = [f'"{word}"' for word in (*names, *choices)] + marks
    quoted = (word.replace("\\", "\\\\").replace('"', '\\"') for word in told)
    path.write_text("".join(f'"{word}"\n' for word in quoted), "utf-8")


def main(seconds: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    (folder / "seeds").mkdir()
    seeds(folder / "seeds")
    words(folder / "words")
    options = [f"-max_total_time={seconds}", f"-artifact_prefix={FOUND}/", f"-dict={folder / 'words'}", "-max_len=4000",
               "-timeout=20", "-rss_limit_mb=3000", "-print_final_stats=1", "-verbosity=1"]
    atheris.Setup([sys.argv[0], *options, str(folder / "seeds")], lambda data: target.throw(data, BOOK))
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
