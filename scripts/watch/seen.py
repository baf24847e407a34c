"""What was seen at each address, kept in a small JSON file that goes into git: one entry an address, sorted.

    {"https://…": {"first": day, "looked": day, "result": "ok", "hash": "text:…", "changed": day, …}}

Nothing here says that anything is verified (已核实): only a person who opened the page does, in rules/documents/.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.errors import BuildError
from scripts.fingerprint import write_if_changed
from scripts.watch.fetch import Seen

PROBLEMS = {
    "gone": "没有了",
    "refused": "不让看",
    "broken": "对方出错",
    "timeout": "超时",
    "unreachable": "连不上",
    "cut": "没有传完",
    "huge": "太大",
    "rubbish": "读不出文字",
    "loop": "转来转去",
    "left": "转到了别的网站",
}
OUT_OF_REACH = frozenset({"timeout", "unreachable"})
AGAIN = frozenset({"broken", "timeout", "unreachable", "cut"})
"""Problems that may pass by themselves: such an address is asked again on the same day."""

Json = Mapping[str, Any]
Entry = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """Something a person should look at. what: a few words. documents: their ids."""

    url: str
    what: str
    documents: list[str]


def load(path: Path) -> dict[str, Entry]:
    """What was seen so far; nothing if there is no file. Raises BuildError if it cannot be read."""
    try:
        found: dict[str, Entry] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise BuildError(f"{path} 读不出来（{error}）；请从 git 历史里取回，或删掉它重新看一遍") from error
    if not isinstance(found, dict) or not all(isinstance(entry, dict) and "looked" in entry for entry in found.values()):
        raise BuildError(f"{path} 不是 scripts.sources 写的；请从 git 历史里取回，或删掉它重新看一遍")
    return found


def save(path: Path, entries: Json) -> None:
    """Write the file in one step."""
    write_if_changed(path, json.dumps(dict(sorted(entries.items())), ensure_ascii=False, indent=1) + "\n")


def noted(before: Json | None, url: str, seen: Seen, today: str) -> Entry:
    """The entry of an address after one more look. A problem keeps what was last seen of the page."""
    entry: Entry = {key: (before or {})[key] for key in ("first", "hash", "changed") if key in (before or {})}
    entry |= {"looked": today, "result": seen.result}
    if seen.final not in ("", url):
        entry["final"] = seen.final
    if seen.note:
        entry["note"] = seen.note
    if seen.result != "ok":
        same = before is not None and before["result"] == seen.result
        entry["since"] = before["since"] if same and before is not None else today
        return entry
    if "hash" in entry and entry["hash"] != seen.hash:
        entry["changed"] = today
    return {"first": today, **entry, "hash": seen.hash}


def addresses(documents: Mapping[str, Json]) -> dict[str, list[str]]:
    """Official address → ids of the documents it is given for."""
    found: dict[str, list[str]] = {}
    for identifier, document in documents.items():
        if document["official_url"]:
            found.setdefault(document["official_url"], []).append(identifier)
    return dict(sorted(found.items()))


def open_ones(entries: Json, documents: Mapping[str, Json]) -> list[Finding]:
    """What a person has still to look at: problems, addresses that moved, changes since the document was last seen."""
    found = []
    for url, ids in addresses(documents).items():
        entry = entries.get(url)
        what = "" if entry is None else _what(entry, [documents[one] for one in ids])
        if what:
            found.append(Finding(url, what, ids))
    return found


def _what(entry: Json, documents: Iterable[Json]) -> str:
    note = f"（{entry['note']}）" if "note" in entry else ""
    if entry["result"] != "ok":
        return f"{PROBLEMS[entry['result']]}{note}，从 {entry['since']} 起"
    said = []
    if any(entry.get("changed", "") > max(one["seen"], one["verified_on"] or "") for one in documents):
        said.append(f"内容变了，{entry['changed']} 发现")
    if "final" in entry:
        said.append(f"搬到了 {entry['final']}")
    return "；".join(said)
