"""Old and locked-down browsers: features taken away before the page begins."""

from __future__ import annotations

import pytest

from tests.faults import server
from tests.faults.outcome import ask, check_answered
from tests.faults.tables import named

pytestmark = pytest.mark.browser

NOT_NEEDED = {
    # in the page
    "no-fromBase64": "delete Uint8Array.fromBase64",
    "no-decompression": "delete window.DecompressionStream",
    "no-resize-observer": "delete window.ResizeObserver",
    "no-structured-clone": "delete window.structuredClone",
    "no-idle-callback": "delete window.requestIdleCallback",
    "no-time-zones": """const { DateTimeFormat } = Intl
    Intl.DateTimeFormat = function (locale, options) {
      if (options?.timeZone) throw new RangeError('Unsupported time zone')
      return new DateTimeFormat(locale, options)
    }""",
    "no-intl": "delete window.Intl",
    "no-abort-controller": "delete window.AbortController; delete window.AbortSignal",
    "no-new-array-methods": "for (const name of ['at', 'findLast', 'toSorted', 'toReversed']) delete Array.prototype[name]",
    "no-new-object-methods": "delete Object.hasOwn; delete Object.groupBy; delete String.prototype.replaceAll",
    "no-clipboard": "delete Navigator.prototype.clipboard",
    "no-service-worker": "delete Navigator.prototype.serviceWorker",
    "no-caches": "delete window.caches; delete window.indexedDB",
    "no-share": "delete Navigator.prototype.share; delete Navigator.prototype.canShare; window.print = undefined",
    "no-connection": "delete Navigator.prototype.connection",
    "no-crypto": "delete Crypto.prototype.subtle; delete Crypto.prototype.randomUUID",
    "storage-forbidden": """for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(window, name, { get() { throw new DOMException('The operation is insecure.', 'SecurityError') } })
    }""",
    "storage-full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
    "no-storage": "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { value: null })",
}
IN_THE_WORKER = {
    "no-streaming-compile": "delete WebAssembly.instantiateStreaming; delete WebAssembly.compileStreaming",
    "no-transform-stream": "delete self.TransformStream",
    "no-new-methods-in-the-worker": "delete Array.prototype.at; delete Object.hasOwn; delete self.structuredClone",
    "no-decompression-in-the-worker": "delete self.DecompressionStream",
    "no-abort-controller-in-the-worker": "delete self.AbortController; delete self.AbortSignal",
}
NIGHT = (
    "no-resize-observer", "no-structured-clone", "no-abort-controller", "no-caches", "no-intl", "no-new-array-methods",
    "no-new-object-methods", "no-clipboard", "no-share", "no-connection", "no-crypto", "storage-full", "no-storage",
)  # fmt: skip
OFFLINE = ("no-fromBase64", "no-decompression", "no-structured-clone", "no-idle-callback", "no-time-zones", "storage-forbidden")
NOT_NEEDED_OFFLINE = {name: NOT_NEEDED[name] for name in OFFLINE}
NO_MODULE_WORKERS = """const Old = Worker
window.Worker = class extends Old {
  constructor(url, options) {
    if (options?.type === 'module') throw new TypeError('module workers are not supported')
    super(url, options)
  }
}"""


@named("code", NOT_NEEDED, at_night=NIGHT)
def test_answered_without(code, site, visit):
    calculator = visit(site.root + "calculator/", init=code)
    ask(calculator)
    check_answered(calculator)


@named("code", IN_THE_WORKER, at_night=("no-new-methods-in-the-worker", "no-abort-controller-in-the-worker"))
def test_answered_by_a_worker_without(code, site, visit):
    site.put(server.WORKER, server.before(code))
    calculator = visit(site.root + "calculator/")
    ask(calculator)
    check_answered(calculator)


@named("code", NOT_NEEDED_OFFLINE, at_night=[name for name in NOT_NEEDED_OFFLINE if name != "no-decompression"])
def test_answered_by_the_bundle_without(code, homes, visit):
    calculator = visit(homes["offline"].address("calculator"), init=code)
    ask(calculator)
    check_answered(calculator)


def test_no_module_workers(site, visit):
    calculator = visit(site.root + "calculator/", init=NO_MODULE_WORKERS)
    ask(calculator)
    check_answered(calculator)
