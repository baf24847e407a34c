"""Rulebooks as they were published, kept by version and hash, so that an answer printed long ago can be worked out again.

    python -m scripts.releases add       keep the rulebook of this checkout as rules/released/<version>.json.xz
    python -m scripts.releases check     are all kept ones whole, and is the present one among them?
    python -m scripts.releases list      version, day of the data, number of rules, hash

A kept rulebook never changes: `add` refuses another rulebook under the same version, and one in which a rule says something else
than in the version before without a new line in its `history`, or from which one is gone that `removed` does not name.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.errors import BuildError
from scripts.progress import complain, say
from scripts.rulebook import RuleErrors, build_rulebook
from scripts.rulebook.compiled import canonical

ROOT = Path(__file__).resolve().parents[1]
KEPT = "rules/released"
SUFFIX = ".json.xz"
SAYS = ("schemes", "situations", "standing", "values", "sets_value", "readings", "notes")
"""The keys of a rule that make it say what it says; its title, sources and days may change without changing an answer."""

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """Rules of a later rulebook that an earlier one had not, of both that say something else, and of the earlier one alone."""

    new: list[Json]
    changed: list[Json]
    gone: list[Json]


def text_of(rulebook: Json) -> str:
    """A rulebook as it is published: the compiled rulebook, canonical, one line."""
    return canonical(rulebook) + "\n"


def hex_of(rulebook: Json) -> str:
    """The hash without its `sha256:`: the name under which the rulebook is published."""
    return str(rulebook["hash"]).removeprefix("sha256:")


def read_all(folder: Path) -> list[dict[str, Any]]:
    """The kept rulebooks, the oldest version first. Raises BuildError for a file that is not what its name says."""
    return sorted((read(path) for path in folder.glob(f"*{SUFFIX}")), key=_order)


def read(path: Path) -> dict[str, Any]:
    """One kept rulebook. Raises BuildError if it is damaged, or its version or hash is not its own."""
    try:
        rulebook: dict[str, Any] = json.loads(lzma.decompress(path.read_bytes()))
        version, given = rulebook["version"], rulebook["hash"]
    except (OSError, lzma.LZMAError, EOFError, ValueError, KeyError, TypeError) as error:
        raise BuildError(f"{path} 读不出来（{type(error).__name__}）；请从 git 历史里取回原来的文件") from error
    rest = {key: value for key, value in rulebook.items() if key != "hash"}
    found = "sha256:" + hashlib.sha256(canonical(rest).encode("utf-8")).hexdigest()
    if found != given:
        raise BuildError(f"{path} 的指纹是 {found}，里面写的却是 {given}；发布过的规则书不能改，请从 git 历史里取回")
    if path.name != f"{version}{SUFFIX}":
        raise BuildError(f"{path} 里是第 {version} 版；文件应当叫 {version}{SUFFIX}")
    return rulebook


def difference(earlier: Json, later: Json) -> Difference:
    """How the rules of two rulebooks differ; each rule as it stands in the later one, those gone as in the earlier."""
    before = {rule["id"]: rule for rule in earlier["rules"]}
    after = {rule["id"]: rule for rule in later["rules"]}
    both = [(before[identifier], rule) for identifier, rule in after.items() if identifier in before]
    return Difference(
        new=[rule for identifier, rule in after.items() if identifier not in before],
        changed=[now for then, now in both if _said(then) != _said(now)],
        gone=[rule for identifier, rule in before.items() if identifier not in after],
    )


def silent(earlier: Json, later: Json) -> list[str]:
    """Ids of rules that changed between two rulebooks without a new line in their history."""
    before = {rule["id"]: rule.get("history", []) for rule in earlier["rules"]}
    return [
        rule["id"]
        for rule in difference(earlier, later).changed
        if not any(change not in before[rule["id"]] for change in rule.get("history", []))
    ]


def vanished(earlier: Json, later: Json) -> list[str]:
    """Ids of rules that are gone between two rulebooks, and nobody said why."""
    told = {one["rule"] for one in later.get("removed", [])}
    return [rule["id"] for rule in difference(earlier, later).gone if rule["id"] not in told]


def add(rulebook: Json, folder: Path) -> Path:
    """Keep a rulebook; returns its file. Raises BuildError if its version is taken, is not the newest, or changes in silence."""
    kept = read_all(folder)
    path = folder / f"{rulebook['version']}{SUFFIX}"
    if path.exists():
        if read(path)["hash"] == rulebook["hash"]:
            return path
        raise BuildError(f"第 {rulebook['version']} 版已经发布过，内容和现在的不同；请先在 rules/rulebook.yaml 里改版本号")
    if kept and _order(rulebook) < _order(kept[-1]):
        newest = kept[-1]["version"]
        raise BuildError(f"第 {rulebook['version']} 版比已发布的第 {newest} 版还旧；请改 rules/rulebook.yaml 的版本号")
    unexplained = silent(kept[-1], rulebook) if kept else []
    if unexplained:
        raise BuildError(
            f"和第 {kept[-1]['version']} 版比，这些规则变了，却没有写为什么；应当在 history 里加一条（on、was、why）：\n  "
            + "\n  ".join(unexplained)
        )
    missing = vanished(kept[-1], rulebook) if kept else []
    if missing:
        raise BuildError(
            f"第 {kept[-1]['version']} 版里的这些规则不见了，却没有写为什么；规定取消了的，应当留着文件、在那天写 null；"
            "本来就不该有的，应当在 rules/rulebook.yaml 的 removed 里加一条（rule、on、why）：\n  " + "\n  ".join(missing)
        )
    folder.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".tmp")
    beside.write_bytes(lzma.compress(text_of(rulebook).encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))
    beside.replace(path)
    return path


def _said(rule: Json) -> list[Any]:
    said = {**rule, "readings": [{**reading, "sources": []} for reading in rule["readings"]]}
    return [said[key] for key in SAYS]


def _order(rulebook: Json) -> tuple[int, ...]:
    return tuple(int(part) for part in str(rulebook["version"]).split("."))


def ensure_kept(rulebook: Json, folder: Path) -> int:
    """How many are kept. Raises BuildError unless all are whole and this one is among them."""
    kept = read_all(folder)
    same = [one for one in kept if one["version"] == rulebook["version"]]
    if not same:
        raise BuildError(f"第 {rulebook['version']} 版还没有留存；发布以前请运行 make release")
    if same[0]["hash"] != rulebook["hash"]:
        raise BuildError(f"现在的规则和已留存的第 {rulebook['version']} 版不同；发布以前请改版本号，再运行 make release")
    return len(kept)


def _run(command: str, folder: Path) -> None:
    if command == "list":
        for one in read_all(folder):
            say(f"{one['version']}  {one['data_date']}  {len(one['rules'])} 条规则  {one['hash']}")
        return
    rulebook = build_rulebook(ROOT / "rules")
    if command == "add":
        path = add(rulebook, folder)
        say(f"第 {rulebook['version']} 版已留存在 {path.relative_to(ROOT)}（{path.stat().st_size} 字节，{rulebook['hash']}）。")
    else:
        say(f"留存的 {ensure_kept(rulebook, folder)} 版都完好，现在的就是第 {rulebook['version']} 版。")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.releases", description="留存发布过的规则书。")
    parser.add_argument("command", choices=("add", "check", "list"))
    chosen = parser.parse_args(arguments)
    try:
        _run(chosen.command, ROOT / KEPT)
    except RuleErrors as errors:
        complain(f"{errors}\n规则文件有 {len(errors.errors)} 处错误。")
        return 1
    except BuildError as error:
        complain(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
