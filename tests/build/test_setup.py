"""scripts/setup.sh: whatever is missing or fails is one Chinese sentence with what mends it; only success counts as done."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("bash", "dirname", "grep", "mkdir", "rm", "tail", "touch", "id")
PYTHON = '''#!/bin/bash
case "$1 $2" in
  "-m venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  "-m pip") case "$*" in *install*) . "$FAKES/pip" ;; esac ;;
  "--version ") echo "Python 3.11.2" ;;
esac
'''
NODE = '''#!/bin/bash
if [ "$1" = --version ]; then echo "v$NODE_IS.0.0"; else echo "$NODE_IS"; fi
'''
NPM = '''#!/bin/bash
rm -rf node_modules; mkdir node_modules; . "$FAKES/npm-does"
'''


@dataclass
class Machine:
    """A checkout with nothing but setup.sh, on a machine with nothing but fakes."""

    root: Path
    bin: Path
    node: int = 20

    def does(self, tool: str, what: str) -> None:
        (self.bin / tool).write_text(what + "\n")

    def without(self, tool: str) -> None:
        (self.bin / tool).unlink()

    def setup(self, what: str) -> subprocess.CompletedProcess[str]:
        env = {"PATH": str(self.bin), "FAKES": str(self.bin), "HOME": str(self.root), "NODE_IS": str(self.node)}
        script = self.root / "scripts" / "setup.sh"
        return subprocess.run(["bash", str(script), what], env=env, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """All that is needed is there, and works."""
    made = Machine(tmp_path / "a house", tmp_path / "bin")
    (made.root / "scripts").mkdir(parents=True)
    shutil.copyfile(ROOT / "scripts" / "setup.sh", made.root / "scripts" / "setup.sh")
    made.bin.mkdir()
    for name in (*NEEDED, "cp"):
        (made.bin / name).symlink_to(str(shutil.which(name)))
    sleep = shutil.which("sleep")
    for name, code in {"python3": PYTHON, "node": NODE, "npm": NPM, "sleep": f"#!/bin/bash\n{sleep} 0.05\n"}.items():
        made.does(name, code)
        (made.bin / name).chmod(0o755)
    made.does("pip", "true")
    made.does("npm-does", "true")
    return made


def refused(run: subprocess.CompletedProcess[str], said: str) -> None:
    assert run.returncode == 1, run.stdout + run.stderr
    assert len(run.stderr.strip().splitlines()) == 1, run.stderr
    assert said in run.stderr and "请" in run.stderr


@pytest.mark.parametrize(("what", "mark"), [("python", ".venv/.ready"), ("node", "node_modules/.ready")])
def test_what_succeeds_counts_as_done(machine: Machine, what: str, mark: str) -> None:
    run = machine.setup(what)
    assert run.returncode == 0 and not run.stderr, run.stderr
    assert (machine.root / mark).exists()


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("ERROR: Could not find a version that satisfies the requirement jinja2==3.1.6", "请检查网络"),
        ("ReadTimeoutError: HTTPSConnectionPool: Read timed out.", "请检查网络"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "下载到的文件和锁定的校验值不一样"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "磁盘满了。请腾出"),
        ("ERROR: Could not install packages due to an OSError: [Errno 30] Read-only file system: 'x'", "这个文件夹只能读"),
    ],
)
def test_a_python_tool_that_does_not_come(machine: Machine, log: str, said: str) -> None:
    machine.does("pip", f'echo "{log}"; exit 1')
    refused(machine.setup("python"), f"装不上 Python 工具:{said}")
    assert not (machine.root / ".venv" / ".ready").exists()
    assert log[:20] in (machine.root / "build" / "setup.log").read_text()
    machine.does("pip", "true")
    assert machine.setup("python").returncode == 0


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("npm error network request failed, reason: getaddrinfo ENOTFOUND", "请检查网络"),
        ("npm error code EINTEGRITY", "下载到的文件和锁定的校验值不一样"),
        ("npm error code ENOSPC", "磁盘满了。请腾出"),
        ("npm error code EACCES", "没有权限写。请改好"),
    ],
)
def test_a_node_tool_that_does_not_come(machine: Machine, log: str, said: str) -> None:
    machine.does("npm-does", f"echo '{log}'; exit 1")
    refused(machine.setup("node"), f"装不上 Node 工具:{said}")
    assert not (machine.root / "node_modules" / ".ready").exists()


@pytest.mark.parametrize("tool", ["node", "npm"])
def test_without_node_or_npm(machine: Machine, tool: str) -> None:
    machine.without(tool)
    refused(machine.setup("node"), "没有找到 Node 和 npm。请先安装 Node 20")


def test_a_node_that_is_too_old(machine: Machine) -> None:
    machine.node = 18
    refused(machine.setup("node"), "Node 太旧(v18.0.0),需要 20 或更新的版本。请")


def test_without_python(machine: Machine) -> None:
    machine.without("python3")
    refused(machine.setup("python"), "没有找到 Python 3.11 或更新的版本。请先安装")


def test_a_python_that_makes_no_environment(machine: Machine) -> None:
    machine.does("python3", '#!/bin/bash\n[ "$1" != -m ]')
    run = machine.setup("python")
    assert run.returncode == 1 and "建不成 Python 虚拟环境 .venv:请先安装 python3-venv" in run.stderr


@pytest.mark.parametrize("what", ["python", "node"])
def test_a_folder_that_cannot_be_written(machine: Machine, what: str) -> None:
    (machine.root / "build").write_text("a file stands where the folder should be")
    refused(machine.setup(what), f"写不了 {machine.root}/build。请看磁盘是不是满了、这个文件夹能不能写")

