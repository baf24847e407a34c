"""The search as shipped, driven in Node: the worker of the built site, over that site's index."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SITES = {"hosted": ROOT / "site", "offline": ROOT / "build" / "offline"}


@dataclass(frozen=True)
class Found:
    """pages: for each question the addresses found, best first, as the hosted site writes them. ready, took: milliseconds."""

    pages: list[list[str]]
    ready: float
    took: float


@cache
def find(site: str, *questions: str) -> Found:
    """`find("hosted", "断缴", …)`: what each question finds in that site, one of SITES."""
    command = ["node", str(HERE / "ask.mjs"), str(SITES[site])]
    run = subprocess.run(command, input=json.dumps(questions), capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    return Found([[as_hosted(page) for page in found] for found in told["found"]], told["ready"], told["took"])


def as_hosted(page: str) -> str:
    """`about/verify.html` → `about/verify/`, `places/index.html` → `places/`."""
    if page.endswith("index.html"):
        return page.removesuffix("index.html")
    return page.removesuffix(".html") + "/" if page.endswith(".html") else page
