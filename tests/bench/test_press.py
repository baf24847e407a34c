"""The quicker MkDocs makes what MkDocs makes, byte for byte."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jieba
import pytest

from scripts import press

ROOT = Path(__file__).parents[2]
CONFIG = """
site_name: 断缴
theme: {name: material, language: zh, font: false}
plugins: {search: {jieba_dict_user: WORDS}}
"""
PAGES = {
    "index.md": "# 断缴三个月\n\n灵活就业人员中断缴费三个月，等待期六个月。Python 3。\n\n## 补缴\n\n补缴以后，等待期六个月。\n",
    "resident.md": "# 居民医保\n\n新生儿没有等待期；等待期六个月。\n\n| 断缴 |\n|---|\n| 一年 |\n",
    "again.md": "# 断缴三个月\n\n灵活就业人员中断缴费三个月，等待期六个月。\n",
}


def _made(folder: Path, module: str) -> dict[str, bytes]:
    out = folder / module
    command = [sys.executable, "-m", module, "build", "--quiet", "-f", str(folder / "mkdocs.yml"), "--site-dir", str(out)]
    env = {"PATH": "", "SOURCE_DATE_EPOCH": "1763683200", "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=ROOT, env=env, check=True)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_the_files_are_those_of_mkdocs(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIG.replace("WORDS", str(tmp_path / "words.txt")), "utf-8")
    (tmp_path / "words.txt").write_text("中断缴费 100\n等待期 100\n", "utf-8")
    for name, text in PAGES.items():
        (tmp_path / "docs" / name).write_text(text, "utf-8")
    plain, ours = _made(tmp_path, "mkdocs"), _made(tmp_path, "scripts.press")
    assert set(plain) == set(ours)
    assert [name for name, data in plain.items() if ours[name] != data] == []
    assert "中断缴费\u200b" in json.loads(ours["search/search_index.json"])["docs"][0]["text"]


def test_a_run_is_cut_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []

    def cut(run: bytes) -> list[str]:
        asked.append(run)
        return list(run.decode())

    def cli() -> None:
        for run in ("断缴", "等待期", "断缴"):
            assert "".join(jieba.cut(run.encode())) == run

    monkeypatch.setattr(jieba, "cut", cut)
    monkeypatch.setattr(press, "cli", cli)
    press.main()
    assert asked == ["断缴".encode(), "等待期".encode()]
