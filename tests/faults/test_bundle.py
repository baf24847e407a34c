"""The offline bundle, not wholly unpacked or damaged on the disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.browser.homes import Home
from tests.faults import server
from tests.faults.outcome import ask, check_answered, check_told
from tests.faults.server import Reply
from tests.faults.tables import rows

pytestmark = pytest.mark.browser

PYTHON, LIBRARY, RULEBOOK, WORKER = "python.*.wasm.js", "library.*.zip.js", "rulebook.*.json.js", "worker.*.js.js"

TOLD = [
    ("python-missing", PYTHON, None),
    ("python-cut-short", PYTHON, server.cut_short(0.5)),
    ("python-garbled", PYTHON, server.garbled),
    ("python-empty", PYTHON, server.empty),
    ("python-replaced-by-a-scanner", PYTHON, server.login_page),
    ("library-missing", LIBRARY, None),
    ("library-cut-short", LIBRARY, server.cut_short(0.5)),
    ("rulebook-missing", RULEBOOK, None),
    ("rulebook-cut-short", RULEBOOK, server.cut_short(0.5)),
    ("rulebook-altered-by-one-letter", RULEBOOK, lambda reply: Reply(swapped(reply.body), reply.type)),
    ("worker-missing", WORKER, None),
    ("worker-cut-short", WORKER, server.cut_short(0.5)),
]
DAY = ("python-missing", "python-cut-short", "rulebook-altered-by-one-letter", "worker-missing")


def swapped(body: bytes) -> bytes:
    """Two letters in the middle of the text change places."""
    middle = next(at for at in range(len(body) // 2, len(body)) if body[at] != body[at + 1])
    return body[:middle] + bytes([body[middle + 1], body[middle]]) + body[middle + 2 :]


@pytest.fixture
def bundle(homes, tmp_path) -> Iterator[Home]:
    """An unpacked bundle that a test may damage."""
    folder = tmp_path / "解压 出来的"
    shutil.copytree(homes["offline"].folder, folder, copy_function=os.link)
    yield Home("damaged", folder.as_uri() + "/", folder)
    shutil.rmtree(folder)


@rows("files, fault", TOLD, at_night=[row[0] for row in TOLD if row[0] not in DAY])
def test_a_damaged_bundle_is_told(files, fault, bundle, visit):
    (file,) = (bundle.folder / "assets" / "widget").glob(files)
    body = file.read_bytes()
    file.unlink()  # which leaves the original, to which it is a link
    if fault:
        file.write_bytes(fault(Reply(body, "")).body)
    calculator = visit(bundle.address("calculator"))
    ask(calculator)
    check_told(calculator)


def test_a_bundle_without_its_style_answers(bundle, visit):
    for file in bundle.folder.rglob("*.css"):
        file.unlink()
    calculator = visit(bundle.address("calculator"))
    ask(calculator)
    check_answered(calculator)
