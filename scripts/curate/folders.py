"""Where a new rule belongs: the place that was meant, its folder, the rule's file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from scripts.errors import BuildError
from scripts.rulebook.load import PLACE_FOLDER, Item
from scripts.rulebook.topics import TOPICS
from scripts.rulebook.vocabulary import SCHEMES

EXAMPLE = "make new-rule PLACE=330400 SCHEME=flexible TOPIC=restoration"
SEVERAL = "all"
"""The scheme in the name of a rule about several schemes."""


@dataclass(frozen=True)
class Place:
    """A place of rules/places/. name: in full."""

    code: str
    name: str
    parent: str | None
    outside: bool


@dataclass(frozen=True)
class Wanted:
    """The rule to be: where, whom, about what. schemes: those it will name."""

    place: Place
    scheme: str
    topic: str
    suffix: str

    @property
    def schemes(self) -> tuple[str, ...]:
        return tuple(TOPICS[self.topic].schemes) if self.scheme == SEVERAL else (self.scheme,)

    @property
    def stem(self) -> str:
        """The file's name without `.yaml`."""
        return "-".join(part for part in (self.scheme, self.topic, self.suffix) if part)

    @property
    def id(self) -> str:
        return ".".join(part for part in (self.place.code, self.scheme, self.topic, self.suffix) if part)


def places_of(items: Iterable[Item]) -> dict[str, Place]:
    """Every place, by code."""
    found = [item.data for item in items if item.kind == "place" and item.sound]
    return {one["code"]: Place(one["code"], one["name"], one["parent"], bool(one.get("outside"))) for one in found}


def wanted(known: dict[str, Place], place: str, scheme: str, topic: str, suffix: str = "") -> Wanted:
    """The rule meant by four words of a command line; `place`: a code or a name. Raises BuildError that says what is wrong."""
    missing = [name for name, word in (("PLACE", place), ("SCHEME", scheme), ("TOPIC", topic)) if not word]
    if missing:
        raise BuildError(f"没有写 {'、'.join(missing)}。写法：{EXAMPLE}（地方可以写代码，也可以写名字）")
    if topic not in TOPICS:
        choices = "\n".join(f"  {one.id}  {one.title}" for one in TOPICS.values())
        raise BuildError(f"没有 {topic} 这个主题；{_perhaps(topic, TOPICS)}TOPIC 应当是下面的一个：\n{choices}")
    if scheme not in (*SCHEMES, SEVERAL):
        choices = "、".join(f"{key}（{title}）" for key, title in SCHEMES.items())
        raise BuildError(f"没有 {scheme} 这种医保；SCHEME 应当是 {choices}，或 {SEVERAL}（几种都管）")
    if scheme != SEVERAL and scheme not in TOPICS[topic].schemes:
        right = "、".join(f"{key}（{SCHEMES[key]}）" for key in TOPICS[topic].schemes)
        raise BuildError(f"“{TOPICS[topic].title}”不管{SCHEMES[scheme]}；SCHEME 应当是 {right}")
    return Wanted(_place(known, place), scheme, topic, suffix)


def _place(known: dict[str, Place], word: str) -> Place:
    if word in known:
        found = known[word]
    else:
        named = [one for one in known.values() if one.name == word] or [
            one for one in known.values() if one.name.startswith(word) and not word.isdigit()
        ]
        if len(named) > 1:
            choices = "、".join(f"{one.code} {one.name}" for one in named[:8])
            raise BuildError(f"叫“{word}”的地方有 {len(named)} 个：{choices}；PLACE 请写代码")
        if not named:
            hint = _perhaps(word, [*known, *(one.name for one in known.values())])
            raise BuildError(f"rules/places/ 里没有 {word} 这个地方；{hint}PLACE 应当是六位代码或地名")
        found = named[0]
    if found.outside:
        raise BuildError(f"{found.name}不在这个医保制度里，不写它的规则")
    return found


def _perhaps(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"是不是想写 {close[0]}？" if close else ""


def file_of(rules: Path, rule: Wanted, known: dict[str, Place]) -> Path:
    """The path of the rule's file, in the folder that the place has or would have. Raises BuildError if the file stands."""
    path = folder_of(rules, rule.place, known) / f"{rule.stem}.yaml"
    if path.exists():
        shown = path.relative_to(rules.parent).as_posix()
        raise BuildError(f"已经有 {shown}；要改就直接改它，要另写一条就加 SUFFIX=（小写英文，例如 SUFFIX=old）")
    return path


def folder_of(rules: Path, place: Place, known: dict[str, Place]) -> Path:
    """The folder of a place's rules: the one that stands, else a new one inside the province's."""
    for folder in sorted(rules.rglob("*")):
        match = PLACE_FOLDER.fullmatch(folder.name)
        if match and match[1] == place.code and folder.is_dir():
            return folder
    parent = known.get(place.parent or "")
    above = rules if parent is None or parent.parent is None else folder_of(rules, parent, known)
    if parent is not None and parent.parent is not None and not above.exists():
        province = known.get(parent.parent)
        above = folder_of(rules, province, known) if province and province.parent else above
    return above / (place.code if place.parent is None else f"{place.code}-{_short(place.name)}")


def _short(name: str) -> str:
    """A place's name as folders have it: 嘉兴市 → 嘉兴. The longer words (自治州, 地区 …) stay."""
    return name.removesuffix("市").removesuffix("省") if len(name) > 2 else name
