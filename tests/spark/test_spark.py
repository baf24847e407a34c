"""The wheel on Apache Spark in local mode: each partition answers its lines, and says what the command line says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements-spark.txt"
JOB = ROOT / "docs" / "examples" / "spark_batch.py"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def python() -> Path:
    """A Python with Spark, made once from its lock."""
    home = ROOT / "build" / "spark"
    done = home / ".lock"
    if not done.is_file() or done.read_bytes() != LOCK.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)]
        subprocess.run(pip, check=True, stdin=subprocess.DEVNULL)
        done.write_bytes(LOCK.read_bytes())
    return home / "bin" / "python"


def test_spark_answers_as_the_command_line(python: Path, tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.fail("Spark 要 Java 17 或更新的版本;请先安装(Debian:apt-get install openjdk-17-jre-headless)")
    lines = [
        f'{{"scheme":"flexible","place":"310000","as_of":"2026-11-22","last_paid_month":"{year:04d}-{month:02d}"}}'
        for year in range(2010, 2026)
        for month in range(1, 13)
    ]
    lines[7] = '{"scheme":"flexible"}'
    asked, told = tmp_path / "cases.jsonl", tmp_path / "told"
    asked.write_text("\n".join(lines) + "\n", encoding="utf-8")
    [wheel] = (ROOT / "dist").glob("yibao_calculator-*.whl")
    subprocess.run([str(python), str(JOB), str(wheel), str(asked), str(told)], check=True, timeout=600, cwd=tmp_path)
    parts = sorted(told.glob("part-*"))
    assert len(parts) > 1
    command = [sys.executable, "-m", "calculator", "assess", "--jsonl", str(asked)]
    alone = subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    assert b"".join(part.read_bytes() for part in parts) == alone.stdout
    assert alone.stdout.count(b"\n") == len(lines)
