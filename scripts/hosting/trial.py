"""A server of one's own on a loopback port, for tests and benchmarks: nginx with nothing but the settings it is given."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
AROUND = """{module}daemon off; master_process off; pid {home}/nginx.pid; error_log {home}/error.log;
events {{}}
http {{ access_log off; client_body_temp_path {home}/t; proxy_temp_path {home}/t; fastcgi_temp_path {home}/t;
uwsgi_temp_path {home}/t; scgi_temp_path {home}/t; include {settings}; }}
"""
PATIENCE = 20.0  # seconds for a server to come up


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def nginx(home: Path, settings: Path) -> list[str]:
    """The command of an nginx that writes only in `home` and serves what `settings` (a `server` and its maps) says."""
    module = f"load_module {BROTLI};\n" if BROTLI.is_file() else ""
    whole = home / f"{settings.stem}.whole.conf"
    whole.write_text(AROUND.format(home=home, module=module, settings=settings), "utf-8")
    return ["nginx", "-c", str(whole), "-p", str(home)]


def caddy(settings: Path) -> list[str]:
    """The command of a Caddy that serves what the Caddyfile says."""
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(settings)]


@contextmanager
def running(command: Sequence[str], home: Path, port: int) -> Iterator[int]:
    """Run a server for the time of the block; its process id. TimeoutError if nobody listens on `port` soon."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    run = subprocess.Popen(command, env={**os.environ, "HOME": str(home)}, **quiet)  # type: ignore[call-overload]
    try:
        _wait(port, run)
        yield run.pid
    finally:
        run.kill()
        run.wait()


def _wait(port: int, run: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if run.poll() is not None or time.monotonic() > until:
                raise TimeoutError("the server did not come up") from None
            time.sleep(0.05)
