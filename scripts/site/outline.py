"""A finished page as a tree of elements: for what is told of it to search engines, and for tests of where something stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"script", "style", "svg", "template", "noscript"}


@dataclass(eq=False, repr=False)
class Node:
    """One element. children: elements and pieces of text, in order."""

    tag: str
    attributes: dict[str, str]
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def seen(self) -> Iterator[Node]:
        """This element and all below it, in order, without what no reader sees."""
        yield self
        for child in self.children:
            if isinstance(child, Node) and child.tag not in UNSEEN:
                yield from child.seen()

    def up(self) -> Iterator[Node]:
        """This element and all around it, the nearest first."""
        here: Node | None = self
        while here is not None:
            yield here
            here = here.parent

    @property
    def siblings(self) -> list[Node]:
        return [one for one in (self.parent.children if self.parent else ()) if isinstance(one, Node)]

    def all(self, tag: str, css: str = "") -> list[Node]:
        """The elements below of a tag, and of a class if one is named."""
        return [one for one in self.walk() if one.tag == tag and (not css or css in one.attributes.get("class", "").split())]

    @property
    def text(self) -> str:
        """What a reader sees of it, on one line."""
        return " ".join(self.words.split())

    @property
    def words(self) -> str:
        """What a reader sees of it, with its blanks and its breaks as they stand."""
        if self.tag == "br":
            return "\n"
        if self.tag in UNSEEN or "headerlink" in self.attributes.get("class", ""):
            return ""
        return "".join(child if isinstance(child, str) else child.words for child in self.children)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Node("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {key: value or "" for key, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Node(tag, {key: value or "" for key, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        for one in self.here.up():
            if one.tag == tag and one.parent is not None:
                self.here = one.parent
                return

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def outline(html: str) -> Node:
    """The page's root. An end tag that is left out is taken as standing where its parent ends."""
    reader = _Reader()
    reader.feed(html)
    return reader.root
