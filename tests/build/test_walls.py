"""The walls find what breaks them, and the house stands within them."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from scripts import dependencies
from scripts.idle import CALLED_FROM_ELSEWHERE, idle
from scripts.walls import breaches

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
[NO_CIRCLES] = [one for one in CONTRACTS if one["type"] == "acyclic_siblings"]


def plant(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def test_the_house_stands_within_its_walls():
    assert [*breaches(ROOT), *idle(ROOT), *dependencies.unused(ROOT)] == []


def circles(root: Path, files: dict[str, str]) -> int:
    """The exit code of import-linter for the rule on circles, in a house of these files."""
    lines = ["[tool.importlinter]", f"root_packages = {json.dumps(NO_CIRCLES['ancestors'])}", "[[tool.importlinter.contracts]]"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in NO_CIRCLES.items() if key != "ignore_imports"]
    plant(root, {"calculator/__init__.py": "", "scripts/__init__.py": "", **files, "pyproject.toml": "\n".join(lines)})
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=root, capture_output=True, check=False).returncode


@pytest.mark.parametrize("house", NO_CIRCLES["ancestors"])
def test_modules_that_import_each_other_in_a_circle_are_found(tmp_path, house):
    straight = {f"{house}/one.py": f"from {house} import two\n", f"{house}/two.py": "x = 1\n"}
    assert circles(tmp_path, straight) == 0
    round_about = {f"{house}/two.py": f"from {house}.three import x\n", f"{house}/three.py": f"import {house}.one\n"}
    assert circles(tmp_path, round_about) == 1


@pytest.mark.parametrize("allowed", NO_CIRCLES["ignore_imports"])
def test_a_circle_that_is_allowed_is_one_of_types_alone(allowed):
    by, of = allowed.split(" -> ")
    tree = ast.parse((ROOT / f"{by.replace('.', '/')}.py").read_text("utf-8"))
    guarded = [one for one in tree.body if isinstance(one, ast.If) and ast.unparse(one.test) == "TYPE_CHECKING"]
    types = [node for one in guarded for node in one.body]
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == of]
    assert imports and all(node in types for node in imports)


def test_what_nobody_uses_is_named_and_a_template_counts_as_use(tmp_path):
    used = "def shown():\n    pass\n\n\ndef spoken():\n    pass\n\n\nspoken()\n"
    plant(tmp_path, {"scripts/room.py": used, "docs/pages/page.md": "{{ shown() }} and old words\n"})
    assert list(idle(tmp_path, {})) == []
    plant(tmp_path, {"scripts/room.py": f"{used}\n\ndef old():\n    pass\n"})
    [found] = idle(tmp_path, {})
    assert found.startswith("scripts/room.py:12: unused function 'old'")
    assert list(idle(tmp_path, {"somebody": ("old",)})) == []


def test_a_reason_that_is_none_any_more_has_to_go(tmp_path):
    plant(tmp_path, {"scripts/room.py": "x = 1\nprint(x)\n"})
    [found] = idle(tmp_path, {"somebody": ("x",)})
    assert "x is used, or gone" in found
    names = [name for names in CALLED_FROM_ELSEWHERE.values() for name in names]
    assert len(names) == len(set(names))


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    files = {
        "requirements.in": "# a reason\nneeded\npyyaml==6\n", "requirements-more.in": "driven\n", "Makefile": "\tdriven --fast\n",
        "scripts/a.py": "import needed.part\nfrom yaml import load\n", "scripts/a.mjs": "import { x } from 'packed'\n",
        "package.json": '{"devDependencies": {"packed": "1"}}', "scripts/b/package.json": '{"dependencies": {"packed": "1"}}',
    }  # fmt: skip
    return plant(tmp_path, files)


RUN = {"driven": ("Makefile", "driven --fast")}


def test_packages_that_are_imported_or_run_are_right(packages):
    assert list(dependencies.unused(packages, RUN)) == []


@pytest.mark.parametrize(
    ("file", "text", "word"),
    [
        ("requirements.in", "needed\npyyaml\nidle-one\n", "requirements.in:1: idle-one is imported nowhere"),
        ("requirements-more.in", "", "driven is no dependency"),
        ("Makefile", "\tdriven\n", "Makefile:1: driven is not run here"),
        ("scripts/a.mjs", "// packed in haste\n", "package.json:1: packed is named in no script"),
        ("scripts/b/package.json", '{"dependencies": {"other": "1"}}', "scripts/b/package.json:1: other is named in no script"),
    ],
)
def test_a_package_that_nothing_uses_is_named_with_its_file(packages, file, text, word):
    plant(packages, {file: text})
    assert any(found.startswith(word) or word in found for found in dependencies.unused(packages, RUN))


@pytest.mark.parametrize("name", ["scripts/long.mjs", "scripts/long.sh", "docs/widget/long.js"])
def test_a_script_of_any_language_is_short(tmp_path, name):
    plant(tmp_path, {name: "\n" * 300})
    assert list(breaches(tmp_path)) == []
    plant(tmp_path, {name: "\n" * 301})
    [found] = breaches(tmp_path)
    assert found.startswith(f"{name}:1: 301 lines")


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("import yaml\n", "imports yaml"),
        ("from scripts.build import main\n", "imports scripts"),
        ("import os\n", "imports os"),
        ("import datetime\nday = datetime.date.today()\n", ".today()"),
        ("text = open('x').read()\n", "open()"),
        ("def long():\n" + "    x = 1\n" * 50, "at most 50"),
        ("x = 1\n" * 301, "at most 300"),
    ],
)
def test_a_breach_in_the_calculator_is_named_with_its_line(tmp_path, code, word):
    (tmp_path / "calculator").mkdir()
    (tmp_path / "calculator" / "rule.py").write_text(code)
    found = list(breaches(tmp_path))
    assert len(found) == 1
    assert found[0].startswith("calculator/rule.py:")
    assert word in found[0]


def test_the_command_line_may_read_and_print(tmp_path):
    (tmp_path / "calculator").mkdir()
    (tmp_path / "calculator" / "cli.py").write_text("import sys\nfrom pathlib import Path\nprint(sys.argv, Path())\n")
    assert list(breaches(tmp_path)) == []


def test_a_function_of_javascript_is_short_and_a_script_that_wraps_itself_is_none(tmp_path):
    lines = "  x()\n" * 49
    plant(tmp_path, {"scripts/a.mjs": f"const f = () => {{\n{lines[6:]}}}\n", "docs/b.js": f"(() => {{\n{lines * 2}}})()\n"})
    assert list(breaches(tmp_path)) == []
    plant(tmp_path, {"scripts/a.mjs": f"y()\nconst f = () => {{\n{lines}}}\n"})
    assert list(breaches(tmp_path)) == ["scripts/a.mjs:2: 51 lines; a function has at most 50"]
    plant(tmp_path, {"scripts/a.mjs": "", "docs/b.js": f"(() => {{\n  function g() {{\n{lines}  }}\n}})()\n"})
    assert list(breaches(tmp_path)) == ["docs/b.js:2: 51 lines; a function has at most 50"]
