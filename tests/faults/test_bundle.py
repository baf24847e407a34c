"""The offline bundle, not wholly unpacked or damaged on the disk."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping

import pytest

from tests.browser.homes import Home
from tests.faults import server
from tests.faults.outcome import ask, check_answered, check_told
from tests.faults.server import Reply
from tests.faults.tables import named, rows

pytestmark = pytest.mark.browser


def swapped(body: bytes) -> bytes:
    """Two letters in the middle of the text change places."""
    middle = next(at for at in range(len(body) // 2, len(body)) if body[at] != body[at + 1])
    return body[:middle] + bytes([body[middle + 1], body[middle]]) + body[middle + 2 :]


def altered(reply: Reply) -> Reply:
    return Reply(swapped(reply.body), reply.type)


PYTHON, SNAPSHOT, LIBRARY = "python.*.wasm.js", "snapshot.*.bin.js", "library.*.zip.js"
RULEBOOK, WORKER = "rulebook.*.json.js", "packed.*.js.js"

TOLD = [
    ("python-missing", {PYTHON: None}),
    ("python-cut-short", {PYTHON: server.cut_short(0.5)}),
    ("python-garbled", {PYTHON: server.garbled}),
    ("python-empty", {PYTHON: server.empty}),
    ("python-replaced-by-a-scanner", {PYTHON: server.login_page}),
    ("snapshot-and-library-missing", {SNAPSHOT: None, LIBRARY: None}),
    ("snapshot-and-library-cut-short", {SNAPSHOT: server.cut_short(0.5), LIBRARY: server.cut_short(0.5)}),
    ("snapshot-and-rulebook-missing", {SNAPSHOT: None, RULEBOOK: None}),
    ("snapshot-and-rulebook-altered-by-one-letter", {SNAPSHOT: altered, RULEBOOK: altered}),
    ("python-altered-by-one-letter", {PYTHON: altered}),
    ("snapshot-and-library-altered-by-one-letter", {SNAPSHOT: altered, LIBRARY: altered}),
    ("worker-altered-by-one-letter", {WORKER: altered}),
    ("worker-missing", {WORKER: None}),
    ("worker-cut-short", {WORKER: server.cut_short(0.5)}),
]
TOLD_BY_DAY = (
    "python-missing", "python-altered-by-one-letter", "worker-missing", "worker-altered-by-one-letter",
    "snapshot-and-rulebook-altered-by-one-letter",
)  # fmt: skip
"""No rung is left."""

ANSWERED = [
    ("snapshot-missing", {SNAPSHOT: None}),
    ("snapshot-cut-short", {SNAPSHOT: server.cut_short(0.5)}),
    ("snapshot-altered-by-one-letter", {SNAPSHOT: altered}),
    ("snapshot-empty", {SNAPSHOT: server.empty}),
    ("library-missing", {LIBRARY: None}),
    ("rulebook-cut-short", {RULEBOOK: server.cut_short(0.5)}),
]
ANSWERED_BY_DAY = ("snapshot-missing", "snapshot-altered-by-one-letter", "library-missing")
"""The other rung does without."""


@pytest.fixture
def bundle(homes, tmp_path) -> Iterator[Home]:
    """An unpacked bundle that a test may damage."""
    folder = tmp_path / "解压 出来的"
    shutil.copytree(homes["offline"].folder, folder, copy_function=os.link)
    yield Home("damaged", folder.as_uri() + "/", folder)
    shutil.rmtree(folder)


def damage(bundle: Home, faults: Mapping[str, Callable[[Reply], Reply] | None]) -> None:
    for files, fault in faults.items():
        (file,) = (bundle.folder / "assets" / "widget").glob(files)
        body = file.read_bytes()
        file.unlink()  # which leaves the original, to which it is a link
        if fault:
            file.write_bytes(fault(Reply(body, "")).body)


@rows("faults", TOLD, at_night=[row[0] for row in TOLD if row[0] not in TOLD_BY_DAY])
def test_a_damaged_bundle_is_told(faults, bundle, visit):
    damage(bundle, faults)
    calculator = visit(bundle.address("calculator"))
    ask(calculator)
    check_told(calculator)
    falls = calculator.page.evaluate("() => document.querySelector('yibao-calculator').python.falls")
    assert falls and not [fall for fall in falls if "no progress" in fall["reason"]], falls


@rows("faults", ANSWERED, at_night=[row[0] for row in ANSWERED if row[0] not in ANSWERED_BY_DAY])
def test_a_bundle_that_lacks_what_one_rung_needs_answers(faults, bundle, visit):
    damage(bundle, faults)
    calculator = visit(bundle.address("calculator"))
    ask(calculator)
    check_answered(calculator)


OLD = {
    "no-fromBase64": "delete Uint8Array.fromBase64",
    "no-streaming-compile": "delete WebAssembly.instantiateStreaming; delete WebAssembly.compileStreaming",
    "no-decompression": "delete self.DecompressionStream",
}


@named("code", OLD, at_night=("no-decompression",))
def test_a_bundle_answers_in_a_worker_without(code, bundle, visit):
    """The worker is another one, so the page has to name that one."""
    (file,) = (bundle.folder / "assets" / "widget").glob(WORKER)
    name, text = json.loads(f"[{file.read_text('ascii').strip().removeprefix('__yibaoPayload(').removesuffix(')')}]")
    other = f"{code};{text}"
    file.unlink()
    file.write_text(f"__yibaoPayload({json.dumps(name)},{json.dumps(other)})", "ascii")
    page = bundle.folder / "calculator.html"
    html = page.read_text("utf-8")
    page.unlink()
    was, now = (f'"size":{len(one)},"sha":"{hashlib.sha256(one).hexdigest()}"' for one in (text.encode(), other.encode()))
    assert was in html
    page.write_text(html.replace(was, now), "utf-8")
    calculator = visit(bundle.address("calculator"))
    ask(calculator)
    check_answered(calculator)


def test_a_bundle_without_its_style_answers(bundle, visit):
    for file in bundle.folder.rglob("*.css"):
        file.unlink()
    calculator = visit(bundle.address("calculator"))
    ask(calculator)
    check_answered(calculator)
