"""How long the page's main thread was busy without a break while Python booted: from Chromium's own trace."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from playwright.sync_api import CDPSession, Page

from scripts.bench.pages.visits import opened

Event = Mapping[str, Any]
CATEGORIES = ["blink.user_timing", "disabled-by-default-devtools.timeline", "toplevel"]
TASKS = ("RunTask", "ThreadControllerImpl::RunTask")
PIECE = 1 << 20


def longest(events: Iterable[Event], begins: str, ends: str) -> float:
    """Milliseconds of the longest task between two marks of the page's main thread; a task counts that began before the second.

    Raises LookupError if a mark is not there, or no task at all is between them.
    """
    events = list(events)
    first, last = _mark(events, begins), _mark(events, ends)
    thread = (first["pid"], first["tid"])
    tasks = [one for one in events if one.get("ph") == "X" and one["name"] in TASKS and (one["pid"], one["tid"]) == thread]
    between = [one["dur"] / 1000 for one in tasks if first["ts"] <= one["ts"] <= last["ts"]]
    if not between:
        raise LookupError(f"the trace has no task between {begins} and {ends}")
    return float(max(between))


def _mark(events: Iterable[Event], name: str) -> Event:
    for one in events:
        if one["name"] == name and "blink.user_timing" in one.get("cat", ""):
            return one
    raise LookupError(f"the trace has no mark {name}")


def traced(page: Page, address: str, mark: str) -> list[Event]:
    """The trace of a page from before it is opened until it sets a mark."""
    session = page.context.new_cdp_session(page)
    config = {"includedCategories": CATEGORIES, "recordMode": "recordAsMuchAsPossible"}
    session.send("Tracing.start", {"transferMode": "ReturnAsStream", "traceConfig": config})
    opened(page, address, mark)
    events: list[Event] = json.loads(_stopped(page, session))["traceEvents"]
    return events


def _stopped(page: Page, session: CDPSession) -> str:
    done: list[str] = []
    session.on("Tracing.tracingComplete", lambda event: done.append(event["stream"]))
    session.send("Tracing.end")
    while not done:
        page.wait_for_timeout(50)
    pieces = []
    while True:
        read = session.send("IO.read", {"handle": done[0], "size": PIECE})
        pieces.append(read["data"])
        if read.get("eof"):
            return "".join(pieces)
