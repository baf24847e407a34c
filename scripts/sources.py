"""Look at the official address of every cited document, where there is a network, and list what changed.

    python -m scripts.sources            look, remember (rules/seen/sources.json), list
    python -m scripts.sources --again    also those that were looked at today
    python -m scripts.sources --list     list only, without a network

Asks only the addresses in rules/documents/ (and where they redirect, on official sites), one at a time with a pause. Can be
broken off and goes on where it was. Never marks anything as verified. Exit 1: there is something to look at; 2: no network.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scripts.errors import BuildError
from scripts.fresh import RULES, china_today
from scripts.progress import complain, say
from scripts.rulebook import RuleErrors, build_rulebook
from scripts.rulebook.sources import OFFICIAL_HOSTS
from scripts.watch.fetch import Limits, Seen, look
from scripts.watch.seen import AGAIN, OUT_OF_REACH, PROBLEMS, addresses, load, noted, open_ones, save

STORE = RULES / "seen" / "sources.json"
PAUSE = 2.0
"""Seconds between two requests."""
NO_NETWORK = 5
"""So many addresses out of reach one after the other, and none in reach: there is no network."""

Json = Mapping[str, Any]


def official(host: str) -> bool:
    """Whether a host is one whose pages may be called official."""
    return any(host == one or host.endswith(f".{one}") for one in OFFICIAL_HOSTS)


class NoNetwork(Exception):
    """Nothing was in reach; nothing was remembered."""


@dataclass
class Round:
    """One look at every address. store: the file. today: ISO day. again: also what was looked at today."""

    documents: Mapping[str, Json]
    store: Path
    today: str
    again: bool = False
    pause: float = PAUSE
    limits: Limits = field(default_factory=Limits)
    allowed: Callable[[str], bool] = official
    tell: Callable[[str], None] = say

    def run(self) -> None:
        """Look at what is still to be looked at, remembering each at once. Raises NoNetwork, BuildError."""
        wanted = addresses(self.documents)
        entries = {url: entry for url, entry in load(self.store).items() if url in wanted}
        todo = [url for url in wanted if self.again or not self._done(entries.get(url))]
        held: dict[str, Seen] = {}
        reached = any(entry["looked"] == self.today and _in_reach(entry["result"]) for entry in entries.values())
        for number, url in enumerate(todo, 1):
            if number > 1:
                time.sleep(self.pause)
            seen = self._allowed_look(url)
            self.tell(f"[{number}/{len(todo)}] {url} {said(entries.get(url), url, seen)}")
            held[url] = seen
            reached = reached or _in_reach(seen.result)
            if reached:  # until something was in reach, it may be our own network that is missing
                entries |= {one: noted(entries.get(one), one, what, self.today) for one, what in held.items()}
                held.clear()
                save(self.store, entries)
            elif len(held) >= NO_NETWORK:
                break
        if held:
            raise NoNetwork
        save(self.store, entries)

    def _allowed_look(self, url: str) -> Seen:
        host = urlsplit(url).hostname or ""
        return look(url, self.allowed, self.limits) if self.allowed(host) else Seen("left", f"{host} 不是官方网站")

    def _done(self, entry: Json | None) -> bool:
        return entry is not None and entry["looked"] == self.today and entry["result"] not in AGAIN


def _in_reach(result: str) -> bool:
    return result not in OUT_OF_REACH


def said(before: Json | None, url: str, seen: Seen) -> str:
    """One look in a few words."""
    if seen.result != "ok":
        words = PROBLEMS[seen.result]
    elif before is None or "hash" not in before:
        words = "第一次看到"
    else:
        words = "没有变" if before["hash"] == seen.hash else "变了"
    moved = f"，搬到了 {seen.final}" if seen.result == "ok" and seen.final != url else ""
    return words + moved + (f"（{seen.note}）" if seen.note else "")


def report(documents: Mapping[str, Json], store: Path) -> int:
    """Print what a person has still to look at; returns how many addresses that are."""
    found = open_ones(load(store), documents)
    for finding in found:
        say(f"{finding.url}\n  {finding.what}")
        for identifier in finding.documents:
            say(f"  {identifier}  {documents[identifier]['title']}")
    if found:
        complain(f"{len(found)} 个网址要人去看。看过以后改 rules/documents/ 里的 seen 或 official_url；规定变了的，再改规则。")
    else:
        say("没有要看的。")
    return len(found)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.sources", description="看看出处的官方网页变了没有。")
    parser.add_argument("--again", action="store_true", help="今天看过的也再看一遍")
    parser.add_argument("--list", action="store_true", help="不上网，只列出还没有人处理的")
    parser.add_argument("--pause", type=float, default=PAUSE, metavar="秒", help=f"两次请求之间停几秒（默认 {PAUSE:g}）")
    parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="日期", help="当作这一天（默认是今天）")
    chosen = parser.parse_args(arguments)
    today = (chosen.on or china_today()).isoformat()
    try:
        documents = build_rulebook(RULES)["documents"]
        if not chosen.list:
            Round(documents, STORE, today, again=chosen.again, pause=chosen.pause).run()
        return 1 if report(documents, STORE) else 0
    except RuleErrors as errors:
        complain(f"{errors}\n规则文件有 {len(errors.errors)} 处错误。")
        return 1
    except BuildError as error:
        complain(str(error))
        return 1
    except NoNetwork:
        complain("一个网址也连不上，大概没有网络；什么也没有记。")
        return 2
    except KeyboardInterrupt:
        complain("已中断；看过的都记下了，再运行一次就接着看。")
        return 130


if __name__ == "__main__":
    sys.exit(main())
