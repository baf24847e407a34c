"""The repository's own files: locks hold hashes and no hosts; nothing names a machine."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.txt"))
MACHINE_PATHS = re.compile(r"(?:^|[^.\w])/(?:work|farm|root|home/(?!pyodide)\w+|Users/\w+)/")
REGISTRIES = re.compile(r"//(?:registry|files|deb)\.[a-z]+\.|//py" r"pi\.")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name]


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_python_package_has_an_exact_version_and_hashes(name):
    text = (ROOT / name).read_text()
    entries = re.findall(r"^([a-z0-9][\w.-]*)==[^\s]+.*\\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", text, re.M)
    named = re.findall(r"^([a-z0-9][\w.-]*)", text, re.M)
    assert named
    assert sorted(entry[0] for entry in entries) == sorted(named)


@pytest.mark.parametrize("name", [*LOCKS, "package-lock.json"])
def test_no_lock_names_a_host(name):
    assert not re.search(r"https?://|--index-url|--find-links|\"resolved\"", (ROOT / name).read_text())


def test_every_locked_node_package_has_its_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert packages.pop("")["devDependencies"]["pyodide"].startswith("314.")
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())


def test_no_tracked_file_names_a_path_of_a_machine_or_a_registry():
    found = []
    for path in tracked():
        if path.suffix in {".svg", ".png", ".ico", ".xz"} or not path.is_file():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if MACHINE_PATHS.search(line) or REGISTRIES.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not found, "\n".join(found)


def test_generated_files_are_not_tracked():
    generated = ("site/", "dist/", "build/", ".venv/", "node_modules/", "calculator/rulebook.json")
    names = [path.relative_to(ROOT).as_posix() for path in tracked()]
    assert not [name for name in names if name.startswith(generated)]


def test_ci_calls_the_two_commands_of_the_readme():
    readme, ci = (ROOT / "README.md").read_text(), (ROOT / ".ci" / "run").read_text()
    for target in ("site", "test"):
        assert f"make {target}" in readme
        assert re.search(rf"^run {target}$", ci, re.M)
