"""An HTML page as a tree of elements, for tests that ask where in a page something stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"script", "style", "noscript", "template", "svg"}


@dataclass(eq=False, repr=False)
class Element:
    """One element. children: elements and pieces of text, in order."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in order, without what no reader sees."""
        yield self
        for child in self.children:
            if isinstance(child, Element) and child.tag not in UNSEEN:
                yield from child.walk()

    def up(self) -> Iterator[Element]:
        """This element and all around it, the nearest first."""
        here: Element | None = self
        while here is not None:
            yield here
            here = here.parent

    @property
    def text(self) -> str:
        """What a reader sees of it."""
        if self.tag == "br":
            return "\n"
        parts = (child if isinstance(child, str) else child.text for child in self.children)
        return "" if self.tag in UNSEEN or "headerlink" in self.attributes.get("class", "") else "".join(parts)

    @property
    def siblings(self) -> list[Element]:
        return [one for one in (self.parent.children if self.parent else ()) if isinstance(one, Element)]


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {key: value or "" for key, value in attrs}, self.here)
        self.here.children.append(made)
        if tag not in VOID:
            self.here = made

    def handle_endtag(self, tag: str) -> None:
        for one in self.here.up():
            if one.tag == tag and one.parent is not None:
                self.here = one.parent
                return

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def tree(html: str) -> Element:
    """The page's root. An end tag that is left out is taken as standing where its parent ends."""
    reader = Reader()
    reader.feed(html)
    return reader.root
