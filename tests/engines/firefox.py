"""Firefox, driven by Marionette: the W3C commands as JSON over a socket. Debian has no geckodriver, and none is needed."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.engines.engine import CALL, SCRIPT_TIMEOUT_S, unwrapped

START_S = 60
# A fresh profile that asks nobody anything and reports to nobody.
PREFERENCES: dict[str, object] = {
    "marionette.port": 0,
    "app.update.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.systemAddon.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}


class Firefox:
    """A headless Firefox."""

    name = "firefox"

    def __init__(self, program: Path) -> None:
        self.profile = Path(tempfile.mkdtemp(prefix="yibao-firefox-"))
        lines = [f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in PREFERENCES.items()]
        (self.profile / "user.js").write_text("".join(lines), "utf-8")
        command = [str(program), "--headless", "--no-remote", "--marionette", "--profile", str(self.profile), "about:blank"]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self.socket = self._connect()
            self.socket.settimeout(SCRIPT_TIMEOUT_S + 10)
            self.stream = self.socket.makefile("rb")
            self._message()  # it greets
            self.sent = 0
            self._command("WebDriver:NewSession", {})
            self._command("WebDriver:SetTimeouts", {"script": SCRIPT_TIMEOUT_S * 1000})
            assert self._command("WebDriver:GetTimeouts", {})["script"] == SCRIPT_TIMEOUT_S * 1000
        except BaseException:
            self.close()
            raise

    def open(self, address: str) -> None:
        """See Engine."""
        self._command("WebDriver:Navigate", {"url": address})

    def back(self) -> None:
        """See Engine."""
        self._command("WebDriver:Back", {})

    def run(self, function: str, *arguments: Any) -> Any:
        """See Engine."""
        asked = {"script": CALL % function, "args": list(arguments), "sandbox": None}
        return unwrapped(self._command("WebDriver:ExecuteAsyncScript", asked)["value"])

    def close(self) -> None:
        """See Engine."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def _connect(self) -> socket.socket:
        """It writes down the port that it listens on."""
        file, end = self.profile / "MarionetteActivePort", time.monotonic() + START_S
        while time.monotonic() < end and self.process.poll() is None:
            if file.is_file() and (port := file.read_text().strip()):
                return socket.create_connection(("127.0.0.1", int(port)), timeout=START_S)
            time.sleep(0.05)
        raise RuntimeError("Firefox 没有启动")

    def _command(self, name: str, parameters: dict[str, Any]) -> Any:
        self.sent += 1
        text = json.dumps([0, self.sent, name, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(text), text))
        _, number, error, result = self._message()
        assert number == self.sent
        if error:
            raise RuntimeError(f"{name}: {error['error']}: {error['message']}")
        return result

    def _message(self) -> Any:
        """A message is its length in bytes, a colon, and JSON."""
        length = b""
        while (byte := self.stream.read(1)) != b":":
            if not byte:
                raise RuntimeError("Firefox 不说话了")
            length += byte
        return json.loads(self.stream.read(int(length)))
