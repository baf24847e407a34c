"""Hears what the pages of a context complain of: errors and warnings, exceptions, missing files, other hosts."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

OWN_SCHEMES = ("data:", "blob:")
LEFT_BY_THE_READER = "net::ERR_ABORTED"
NO_WORKER_HERE = "Service Worker registration blocked by Playwright"  # homes.Look.context


class Watch:
    """Keeps one line for each thing that should not have happened.

    root: addresses that begin so are ours. forgive: a pattern of complaints that the test expects.
    """

    def __init__(self, context: BrowserContext, root: str, forgive: str = "") -> None:
        self.complaints: list[str] = []
        self.root = root
        self.forgive = re.compile(forgive) if forgive else None
        context.on("console", self._console)
        context.on("weberror", self._exception)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def take(self) -> list[str]:
        """The complaints since the last call."""
        taken, self.complaints = self.complaints, []
        return taken

    def _complain(self, complaint: str) -> None:
        if self.forgive is None or not self.forgive.search(complaint):
            self.complaints.append(complaint)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert") and message.text != NO_WORKER_HERE:
            self._complain(f"console {message.type}: {message.text} ({message.location.get('url')})")

    def _exception(self, error: WebError) -> None:
        self._complain(f"exception: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.root, *OWN_SCHEMES)):
            self._complain(f"request to another place: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != LEFT_BY_THE_READER:
            self._complain(f"failed: {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._complain(f"HTTP {response.status}: {response.url}")
