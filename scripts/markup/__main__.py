"""Every page of the built site, the offline one and the calculator that is one file, through the Nu HTML checker.

    python -m scripts.markup            `make markup`, part of `make nightly`

Exit 1 if it finds an error. The checker (scripts/markup/package-lock.json) is installed into build/markup when it is first asked
for; it needs Java. Its hints on the content policy are not asked for: it knows nothing of the address that `'self'` stands for.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scripts.bench.rivals.install import from_npm
from scripts.progress import complain, say

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
JAR = Path("node_modules", "vnu-jar", "build", "dist", "vnu.jar")
FORMS = (Path("site"), Path("build", "offline"))
NO_JAVA = "没有找到 java,查不了页面的写法。请先安装(Debian:apt-get install default-jre-headless),再运行一次 make markup。"

Json = dict[str, Any]


def errors(jar: Path, folders: Sequence[Path]) -> list[Json]:
    """What is wrong in the HTML files of some folders, as the checker tells it. Raises RuntimeError if it cannot read them."""
    command = ["java", "-jar", str(jar), "--errors-only", "--skip-non-html", "--format", "json", "--stdout", *map(str, folders)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found: list[Json] = json.loads(run.stdout)["messages"]
    except (ValueError, LookupError) as error:
        raise RuntimeError(f"{' '.join(command)} failed ({run.returncode}):\n{run.stderr.strip() or run.stdout[:400]}") from error
    return found


def told(message: Json, root: Path) -> str:
    """Where and what, on one line."""
    file = message["url"].removeprefix("file:").removeprefix(str(root)).lstrip("/")
    return f"{file}:{message.get('lastLine', '?')}: {message['message']}"


def main() -> int:
    """The command line; returns the exit code."""
    if not shutil.which("java"):
        complain(NO_JAVA)
        return 1
    pages = [page for form in FORMS for page in (ROOT / form).rglob("*.html")]
    if not pages:
        complain("还没有建好的网站。请先运行 make site。")
        return 1
    jar = from_npm(HERE, ROOT / "build" / "markup") / JAR
    found = errors(jar, [ROOT / form for form in FORMS])
    for message in found:
        complain(told(message, ROOT))
    say(f"查了 {len(pages)} 页的写法:{f'{len(found)} 处错误' if found else '没有错误'}。")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
