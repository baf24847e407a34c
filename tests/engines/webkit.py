"""WebKit (GTK), driven by its own W3C WebDriver over HTTP, on a screen that nobody sees."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.engines.engine import CALL, SCRIPT_TIMEOUT_S, unwrapped

START_S = 60
QUIET: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class WebKit:
    """The MiniBrowser of WebKitGTK."""

    name = "webkit"

    def __init__(self, driver: Path, browser: Path, screen: Path) -> None:
        self.processes: list[subprocess.Popen[str]] = []
        try:
            display = self._screen(screen)
            self.address = self._driver(driver, display)
            options = {"binary": str(browser), "args": ["--automation"]}
            wanted = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}
            asked = {"capabilities": {"alwaysMatch": {**wanted, "timeouts": {"script": SCRIPT_TIMEOUT_S * 1000}}}}
            self.session = f"session/{self._post('session', asked)['sessionId']}"
        except BaseException:
            self._end()
            raise

    def open(self, address: str) -> None:
        """See Engine."""
        self._post(f"{self.session}/url", {"url": address})

    def back(self) -> None:
        """See Engine."""
        self._post(f"{self.session}/back", {})

    def run(self, function: str, *arguments: Any) -> Any:
        """See Engine."""
        return unwrapped(self._post(f"{self.session}/execute/async", {"script": CALL % function, "args": list(arguments)}))

    def close(self) -> None:
        """See Engine."""
        try:
            self._request("DELETE", self.session)
        finally:
            self._end()

    def _screen(self, program: Path) -> str:
        """A screen in memory; it says which number it took."""
        command = [str(program), "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **QUIET)
        self.processes.append(process)
        assert process.stdout
        if not (number := process.stdout.readline().strip()):
            raise RuntimeError("Xvfb 没有启动")
        return f":{number}"

    def _driver(self, program: Path, display: str) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        env = {**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}
        command = [str(program), f"--port={port}"]
        self.processes.append(subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, text=True, **QUIET))
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return f"http://127.0.0.1:{port}/"
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("WebKitWebDriver 没有启动")

    def _end(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _post(self, path: str, parameters: dict[str, Any]) -> Any:
        return self._request("POST", path, json.dumps(parameters).encode())

    def _request(self, method: str, path: str, body: bytes | None = None) -> Any:
        request = urllib.request.Request(self.address + path, body, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=SCRIPT_TIMEOUT_S + 10) as response:
                return json.load(response)["value"]
        except urllib.error.HTTPError as error:
            told = json.load(error)["value"]
            raise RuntimeError(f"{path}: {told['error']}: {told.get('message')}") from None
