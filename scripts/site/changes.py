"""What changed and when: each line of a rule's history, each published version of the rulebook, for everybody or for one place.

Days come from the data alone. The words are those of `feed` in docs/templates/labels.yaml.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scripts.releases import Difference, difference, hex_of
from scripts.site.book import NATION, Book, Json
from scripts.site.words import anchor

URN = "urn:yibao-lapse-guide"
KINDS = ("new", "changed", "gone")
TITLES = 40
"""How many rules of a version one entry names."""


@dataclass(frozen=True)
class Entry:
    """One thing to read in a feed. id: never changes. day: ISO. address: below the site's root."""

    id: str
    day: str
    title: str
    text: str
    address: str


@dataclass(frozen=True)
class Version:
    """One published rulebook. since: how it differs from the version before; None for the first."""

    number: str
    day: str
    rules: int
    file: str
    since: Difference | None


class Changes:
    """rulebooks: the kept ones of other versions, the oldest first; the present one of `book` comes after them."""

    def __init__(self, book: Book, kept: Sequence[Json], words: Json) -> None:
        self._book = book
        self._words = words
        self._rulebooks = [one for one in kept if one["version"] != book.version] + [book.data]

    @cached_property
    def versions(self) -> list[Version]:
        """The latest first."""
        found = []
        for index, one in enumerate(self._rulebooks):
            since = difference(self._rulebooks[index - 1], one) if index else None
            found.append(Version(one["version"], one["data_date"], len(one["rules"]), f"{hex_of(one)}.json", since))
        return found[::-1]

    @cached_property
    def history(self) -> list[tuple[Json, Json]]:
        """(rule, one line of its history), the latest first."""
        lines = [(rule, change) for rule in self._book.rules for change in rule.get("history", ())]
        return sorted(lines, key=lambda line: (line[1]["on"], line[0]["id"]), reverse=True)

    def all(self) -> list[Entry]:
        """Every entry, the latest first."""
        rules = [entry for entries in self._of_rules.values() for entry in entries]
        return _latest_first([*rules, *(self._of_version(version) for version in self.versions)])

    def of_place(self, code: str) -> list[Entry]:
        """The entries that matter in a place: its own rules and those above it, the latest first."""
        codes = self._codes(code)
        rules = [entry for place in codes for entry in self._of_rules.get(place, ())]
        versions = [self._of_version_in(version, code, codes) for version in self.versions]
        return _latest_first([*rules, *(entry for entry in versions if entry is not None)])

    def _codes(self, code: str) -> list[str]:
        return [*(place["code"] for place in self._book.chain(code)), NATION]

    @cached_property
    def _of_rules(self) -> dict[str, list[Entry]]:
        """Place → one entry for each line in the history of its rules."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for rule, change in self.history:
            text = self._words["rule_text"].format(on=change["on"], was=change["was"], why=change["why"])
            title = self._words["rule_title"].format(title=rule["title"])
            address = f"places/{rule['place']}/#{anchor(rule['id'])}"
            found[rule["place"]].append(Entry(f"{URN}:rule:{rule['id']}:{change['on']}", change["on"], title, text, address))
        return found

    def _of_version(self, version: Version) -> Entry:
        text = self._words["version_text"].format(day=version.day, rules=version.rules)
        text += self._words["first"] if version.since is None else self._told(_kinds(version.since))
        title = self._words["version_title"].format(version=version.number)
        return Entry(f"{URN}:rulebook:{version.number}", version.day, title, text, "updates/")

    def _of_version_in(self, version: Version, code: str, codes: list[str]) -> Entry | None:
        """What a version changed in a place; None if nothing."""
        name = self._book.place(code)["name"]
        if version.since is None:
            own = self._counts[code]
            text = self._words["place_first" if own else "place_none"].format(name=name, rules=own)
        else:
            here = [self._in_places[version.number].get(place, {}) for place in codes]
            found = {kind: [rule for place in here for rule in place.get(kind, ())] for kind in KINDS}
            if not any(found.values()):
                return None
            text = self._told(found)
        title = self._words["place_version_title"].format(version=version.number, name=name)
        return Entry(f"{URN}:rulebook:{version.number}:{code}", version.day, title, text, f"places/{code}/")

    @cached_property
    def _counts(self) -> Counter[str]:
        """Place → how many rules of its own it has."""
        return Counter(rule["place"] for rule in self._book.rules)

    @cached_property
    def _in_places(self) -> dict[str, dict[str, dict[str, list[Json]]]]:
        """Version → place → kind of change → rules: read once, so that many places stay quick."""
        found: dict[str, dict[str, dict[str, list[Json]]]] = {}
        for version in self.versions:
            places: dict[str, dict[str, list[Json]]] = defaultdict(dict)
            for kind, rules in _kinds(version.since).items() if version.since else ():
                for rule in rules:
                    places[rule["place"]].setdefault(kind, []).append(rule)
            found[version.number] = places
        return found

    @cached_property
    def _why_gone(self) -> dict[str, str]:
        """Rule → why it was removed."""
        return {one["rule"]: one["why"] for one in self._book.data.get("removed", [])}

    def _titled(self, rule: Json) -> str:
        """A rule that is gone, with the reason."""
        why = self._why_gone.get(rule["id"], "").removesuffix("。")
        return f"{rule['title']}（{why}）" if why else str(rule["title"])

    def _told(self, since: Mapping[str, list[Json]]) -> str:
        """The rules that are new, changed and gone, in words."""
        parts = []
        for kind, rules in since.items():
            titles = [self._titled(rule) if kind == "gone" else rule["title"] for rule in rules]
            if titles:
                more = self._words["more"] if len(titles) > TITLES else ""
                parts.append(self._words[kind].format(count=len(titles), titles="；".join(titles[:TITLES]) + more))
        return "".join(parts) or str(self._words["nothing"])


def _kinds(since: Difference) -> dict[str, list[Json]]:
    return {kind: getattr(since, kind) for kind in KINDS}


def _latest_first(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.day, entry.id), reverse=True)
