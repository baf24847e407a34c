"""Every command that a person may run stands in the one table of the README, and nothing else is called a command anywhere."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.build.test_files import tracked

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
CALLED = re.compile(r"python3? (?:-W \w+ )?-m ((?:scripts|tests|calculator)[\w.]*\w)")


def listed(makefile: str) -> list[str]:
    """The commands that `make` lists."""
    return re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)


def table(readme: str) -> list[str]:
    """The first column of the table of commands."""
    section = readme.split("## 全部命令\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)


def runnable(root: Path) -> set[str]:
    """Modules that do something when they are run."""
    found = set()
    for path in (path for folder in ("scripts", "tests", "calculator") for path in (root / folder).rglob("*.py")):
        name = ".".join(path.relative_to(root).with_suffix("").parts)
        guards = [one for one in ast.parse(path.read_text("utf-8")).body if isinstance(one, ast.If)]
        if path.name == "__main__.py" or any(ast.unparse(one.test) == "__name__ == '__main__'" for one in guards):
            found.add(name.removesuffix(".__main__"))
    return found


def unlike(makefile: str, readme: str) -> set[str]:
    """Commands of make that are in the list and not in the table, or the other way round; or twice there."""
    rows = [row.removeprefix("make ") for row in table(readme) if row.startswith("make ")]
    return (set(listed(makefile)) - {"help"}) ^ set(rows) | {row for row in rows if rows.count(row) > 1}


def test_the_table_has_what_make_lists_each_once():
    assert len(table(README)) > 30 and unlike(MAKEFILE, README) == set()


def test_what_make_does_is_listed_by_it():
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony and set(phony[1].split()) == {*listed(MAKEFILE)}


@pytest.mark.parametrize(
    ("makefile", "readme"),
    [
        (f"{MAKEFILE}\nnew: ## x\n", README),
        (MAKEFILE, README.replace("| `make walls` |", "| `./fences` |")),
        (MAKEFILE, README.replace("| `make unit` |", "| `make test` |")),
    ],
)
def test_a_command_that_is_missing_unknown_or_there_twice_is_seen(makefile, readme):
    assert unlike(makefile, readme)


def test_every_module_that_can_be_run_is_run_by_make_or_stands_in_the_table():
    named = {*CALLED.findall("\n".join(table(README)))}
    by_make = {*re.findall(r"-m ((?:scripts|tests)[\w.]*)", MAKEFILE), *re.findall(r"tests/fuzz/fuzz", MAKEFILE)}
    by_make = {name.replace("/", ".") for name in by_make}
    assert runnable(ROOT) - {"calculator"} == by_make | named and not by_make & named


def test_whatever_is_called_a_command_in_any_file_can_be_run():
    can, targets, wrong = runnable(ROOT), {*listed(MAKEFILE)}, []
    for path in tracked():
        if path.suffix not in {".md", ".py", ".yml", ".yaml", ".mjs", ".js", ".in", ".toml", ".sh"} or not path.is_file():
            continue
        text = path.read_text("utf-8")
        wrong += [f"{path.relative_to(ROOT)}: {name}" for name in CALLED.findall(text) if name not in can]
        makes = [name for name in re.findall(r"`make ([a-z-]+)", text) if name not in targets]
        wrong += [f"{path.relative_to(ROOT)}: make {name}" for name in makes]
    assert wrong == []


def test_only_the_readme_has_the_table():
    for path in (path for path in tracked() if path.suffix == ".md" and path != ROOT / "README.md"):
        assert not re.search(r"^\| `make ", path.read_text("utf-8"), re.MULTILINE), path
