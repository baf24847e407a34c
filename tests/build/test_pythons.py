"""Where a newer Python is looked for: on PATH, in pyenv's home as told, in the home, beside pyenv's own command."""

from __future__ import annotations

from pathlib import Path

from scripts.pythons import find_python


def fake(path: Path, *, works: bool) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {0 if works else 1}\n")
    path.chmod(0o755)
    return path


def test_the_newest_name_on_path_that_really_runs_is_taken(tmp_path):
    fake(tmp_path / "bin" / "python3.13", works=False)  # as a shim of pyenv for a version that is not chosen
    right = fake(tmp_path / "bin" / "python3.12", works=True)
    assert find_python((3, 12), {"PATH": str(tmp_path / "bin")}) == right


def test_pyenv_in_the_home_is_found_and_its_newest_version_wins(tmp_path):
    versions = tmp_path / ".pyenv" / "versions"
    fake(versions / "3.9.1" / "bin" / "python3", works=True)
    fake(versions / "3.12.1" / "bin" / "python3", works=True)
    right = fake(versions / "3.13.0" / "bin" / "python3", works=True)
    assert find_python((3, 12), {"PATH": "", "HOME": str(tmp_path)}) == right


def test_pyenv_is_found_where_it_says_it_lives(tmp_path):
    right = fake(tmp_path / "elsewhere" / "versions" / "3.12.9" / "bin" / "python3", works=True)
    assert find_python((3, 12), {"PATH": "", "PYENV_ROOT": str(tmp_path / "elsewhere")}) == right


def test_with_a_fresh_home_pyenv_is_found_beside_its_command(tmp_path):
    pyenv = fake(tmp_path / "old-home" / "bin" / "pyenv", works=True)
    right = fake(tmp_path / "old-home" / "versions" / "3.12.9" / "bin" / "python3", works=True)
    assert find_python((3, 12), {"PATH": str(pyenv.parent), "HOME": str(tmp_path / "fresh")}) == right


def test_where_there_is_none_the_answer_is_none(tmp_path):
    fake(tmp_path / "bin" / "python3", works=False)
    assert find_python((3, 12), {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path)}) is None
