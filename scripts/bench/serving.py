"""How many requests a second nginx answers with our settings, beside nginx with hardly any, over files of the same sizes.

Ours looks for packed copies, picks headers by address and sends the policies. The other has none of that: its files are as long
as what ours sends (packed already, that is), and it sends them as they are. wrk asks both, by turns, over loopback.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import statistics
import subprocess
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts.bench.outcome import Benchmark, Bound, Outcome
from scripts.errors import BuildError
from scripts.hosting.__main__ import make
from scripts.hosting.settings import Place
from scripts.hosting.trial import BROTLI, free_port, nginx, running

LEAST = 0.9
ROUNDS, SECONDS, CONNECTIONS = 7, 3, 32
KINDS = {
    "网页,brotli": ("br", ("index.html", "calculator/index.html", "cost/index.html", "places/*/index.html")),
    "网页,gzip": ("gzip", ("index.html", "calculator/index.html", "cost/index.html", "places/*/index.html")),
    "脚本、样式和数据,brotli": ("br", ("assets/site.*.css", "assets/site.*.js", "assets/widget/element.*.js", "api/places.json")),
    "图片": ("identity", ("cards/*.png", "assets/icons/*.png")),
}
"""What is asked for: the encoding that is accepted, and files of the site (of each pattern the first)."""
PLAIN = """types {{ text/html html; text/css css; text/javascript js; application/json json; image/png png; }}
server {{ listen {port}; sendfile on; tcp_nopush on; root {root}; }}
"""
ASKING = """local paths = {%s}
local turn = 0
request = function()
  turn = turn %% #paths + 1
  return wrk.format("GET", paths[turn], {["Accept-Encoding"] = "%s"})
end
"""
Server = tuple[int, int]
"""Port and process id."""
RATE, BAD = re.compile(r"Requests/sec:\s+([0-9.]+)"), re.compile(r"(Socket errors|Non-2xx)[^\n]*")


@dataclass(frozen=True)
class Run:
    """One go of wrk. rate: requests a second. spent: the server's processor time a request, microseconds."""

    rate: float
    spent: float


@dataclass(frozen=True)
class Kind:
    """Both servers asked for one kind of file, `ours[n]` and `plain[n]` right after one another."""

    name: str
    ours: list[Run]
    plain: list[Run]

    @property
    def ratio(self) -> float:
        """Requests a second, ours over plain: the middle one of the rounds."""
        return statistics.median(one.rate / other.rate for one, other in zip(self.ours, self.plain, strict=True))

    @property
    def spent(self) -> float:
        """Processor time a request, plain over ours: what the ratio would be if only the server counted."""
        return statistics.median(other.spent / one.spent for one, other in zip(self.ours, self.plain, strict=True))


def run(root: Path, quick: bool) -> Outcome:
    """Measure in build/bench/serving. quick: one round."""
    missing = [name for name in ("nginx", "wrk") if shutil.which(name) is None]
    missing += [] if BROTLI.is_file() else ["libnginx-mod-http-brotli-static"]
    if missing:
        return Outcome(f"没有装 {'、'.join(missing)}。", [Bound(_promise(name), "—", None) for name in KINDS], {})
    home = root / "build" / "bench" / "serving"
    shutil.rmtree(home, ignore_errors=True)
    kinds = {name: (encoding, _found(root / "site", patterns)) for name, (encoding, patterns) in KINDS.items()}
    for file in {"_headers", *(file for _, files in kinds.values() for file in files)}:
        (home / "site" / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / "site" / file, home / "site" / file)
    place = Place(folder=str(home / "hosting" / "site"), port=free_port(), brotli=True)
    make(home / "site", home / "hosting", place)
    with running(nginx(home, home / "hosting" / "nginx.conf"), home, place.port) as ours:
        rounds = 1 if quick else ROUNDS
        measured = [_measured(home, (place.port, ours), name, *asked, rounds) for name, asked in kinds.items()]
    bounds = [Bound(_promise(one.name), f"{one.ratio:.2f}", one.ratio >= LEAST) for one in measured]
    return Outcome(_table(measured), bounds, [asdict(one) for one in measured])


def _promise(name: str) -> str:
    return f"{name}:每秒请求数,我们的设置 ÷ 什么也不设的 nginx ≥ {LEAST}"


def _found(site: Path, patterns: Sequence[str]) -> list[str]:
    """Of each pattern the first file. BuildError where there is none."""
    found = []
    for pattern in patterns:
        files = sorted(site.glob(pattern))
        if not files:
            raise BuildError(f"site/ 里没有 {pattern}:先运行 make site。")
        found.append(files[0].relative_to(site).as_posix())
    return found


def _measured(home: Path, ours: Server, name: str, encoding: str, files: Sequence[str], rounds: int) -> Kind:
    """Both servers up for one kind; which goes first changes from round to round."""
    paths = {file: "/" + file.removesuffix("index.html") for file in files}
    sizes = {file: len(_body(ours[0], path, encoding)) for file, path in paths.items()}
    script = home / "asking.lua"
    script.write_text(ASKING % (", ".join(map(json.dumps, paths.values())), encoding), "utf-8")
    port = free_port()
    runs: dict[Server, list[Run]] = {ours: []}
    with running(nginx(home, _plain(home, sizes, port)), home, port) as process:
        runs[port, process] = []
        for server in runs:  # nothing counts yet: files come into memory
            _asked(*server, script, 1)
        if any(len(_body(port, path, encoding)) != sizes[file] for file, path in paths.items()):
            raise BuildError(f"{name}:两边发出的不一样长,不能比。")
        for number in range(rounds):
            for server in sorted(runs, reverse=bool(number % 2)):
                runs[server].append(_asked(*server, script, SECONDS))
    return Kind(name, *runs.values())


def _plain(folder: Path, sizes: Mapping[str, int], port: int) -> Path:
    """Settings of the other server and its files: any bytes, as many as ours sends."""
    chance = random.Random(7)
    shutil.rmtree(folder / "plain", ignore_errors=True)
    for file, size in sizes.items():
        (folder / "plain" / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / "plain" / file).write_bytes(chance.randbytes(size))
    settings = folder / "plain.conf"
    settings.write_text(PLAIN.format(port=port, root=folder / "plain"), "utf-8")
    return settings


def _body(port: int, path: str, encoding: str) -> bytes:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return bytes(answer.read())


def _asked(port: int, process: int, script: Path, seconds: int) -> Run:
    """Ask as fast as can be. BuildError if one answer was not right: a refusal costs less than a page."""
    before = _spent(process)
    told = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}"]
    text = subprocess.run(told, capture_output=True, text=True, check=True).stdout
    rate = RATE.search(text)
    if rate is None or BAD.search(text):
        raise BuildError(f"wrk 没有全部问到:{(BAD.search(text) or [text])[0].strip()}")
    return Run(float(rate[1]), (_spent(process) - before) * 1e6 / (float(rate[1]) * seconds))


def _spent(process: int) -> float:
    """Processor time of a process so far, seconds."""
    user, system = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _table(kinds: Sequence[Kind]) -> str:
    head = "| 要的 | 我们的设置,次/秒 | 什么也不设,次/秒 | 比 | 服务器每次的处理器时间(微秒),我们的 | 什么也不设 | 比 |"
    rows = [head, "|---|--:|--:|--:|--:|--:|--:|"]
    for one in kinds:
        rates = [statistics.median(run.rate for run in runs) for runs in (one.ours, one.plain)]
        spent = [statistics.median(run.spent for run in runs) for runs in (one.ours, one.plain)]
        rows.append(
            f"| {one.name} | {rates[0]:.0f} | {rates[1]:.0f} | {one.ratio:.2f} "
            f"| {spent[0]:.1f} | {spent[1]:.1f} | {one.spent:.2f} |"
        )
    return "\n".join([*rows, "", f"{CONNECTIONS} 条连接,每次 {SECONDS} 秒,两边轮流;中位数。"])


BENCHMARK = Benchmark("nginx 用我们的设置,每秒答多少次,和什么也不设的比(wrk)", run)
