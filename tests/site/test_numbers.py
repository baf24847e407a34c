"""Every number a reader sees, on every page, reaches a document and a clause, or says 待核实, or is of a kind declared here."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from scripts.site.outline import UNSEEN, Node, outline
from scripts.site.words import anchor

ROOT = Path(__file__).parents[2]
IN_WORDS = "[一二两三四五六七八九十百千半]+(?=个?(?:自然|工作)?(?:月|年|天|日|周|倍|成|元|岁))|[百千万]分之|[一减]半|半额"
NUMBER = re.compile(f"[0-9０-９]+|{IN_WORDS}")
BLOCKS = {"p", "li", "tr", "caption", "dt", "dd", "summary", "legend", "label", "option", "button", "pre"}
HEADINGS = {"h1", "h2", "h3", "h4"}


class Site:
    """The pages of a built site, and what stands in each of their sections."""

    def __init__(self, folder: Path, rulebook: dict[str, Any], hosted: bool) -> None:
        self.hosted = hosted
        files = sorted(folder.rglob("*.html"))
        self.pages = {path.relative_to(folder).as_posix(): Page(self, path, folder) for path in files}
        self.rules = {rule["id"]: rule for rule in rulebook["rules"]}
        self.rule_anchors = {anchor(rule["id"]) for rule in rulebook["rules"]}
        self.documents = {anchor(identifier) for identifier in rulebook["documents"]}
        self.rulebook = rulebook

    def shown(self, page: Page, link: str) -> list[Node]:
        """The section that a link leads to; empty if it leads to no section of ours."""
        parts = urlsplit(link)
        if parts.scheme or not parts.fragment:
            return []
        here = posixpath.dirname(page.path)
        there = posixpath.normpath(posixpath.join(here, unquote(parts.path))) if parts.path else page.path
        there = there if there.endswith(".html") else posixpath.normpath(posixpath.join(there, "index.html"))
        found = self.pages.get(there)
        return found.section_of(unquote(parts.fragment)) if found else []


class Page:
    def __init__(self, site: Site, path: Path, folder: Path) -> None:
        self.site, self.path = site, path.relative_to(folder).as_posix()
        self.name = self.path.removesuffix("index.html").removesuffix(".html").strip("/")
        self._file = path

    @cached_property
    def root(self) -> Node:
        return outline(self._file.read_text("utf-8"))

    @cached_property
    def ids(self) -> dict[str, Node]:
        return {one.attributes["id"]: one for one in self.root.seen() if "id" in one.attributes}

    def section_of(self, identifier: str) -> list[Node]:
        """A heading and what follows it up to the next heading as high; of anything else, the thing itself."""
        head = self.ids.get(identifier)
        if head is None or head.tag not in HEADINGS:
            return [head] if head else []
        found = [head]
        for one in head.siblings[head.siblings.index(head) + 1 :]:
            if one.tag in HEADINGS and one.tag <= head.tag:
                break
            found.append(one)
        return found

    @cached_property
    def foot(self) -> dict[str, str]:
        """What this page rests on: a document's anchor, and the line that names it."""
        lines = [one for part in self.section_of("basis") for one in part.seen() if one.tag == "li"]
        found = {}
        for line in lines:
            for link in links(line):
                if "documents" in link:
                    found[urlsplit(link).fragment] = line.words
        return found

    def numbers(self) -> Iterator[tuple[Node, str, re.Match[str]]]:
        """Each number, in the block of text that it stands in: (the block, its text, the number).

        The licences of others, in full in the calculator that is one file, are not ours to prove.
        """
        for one in self.root.seen():
            if any(above.attributes.get("class") == "yb-licences" for above in one.up()):
                continue
            if one.tag in BLOCKS | HEADINGS or (one.tag in ("div", "span", "a") and not inside(one, BLOCKS | HEADINGS)):
                if one.tag not in ("tr", *HEADINGS) and inside(one, {"tr"} | HEADINGS):
                    continue
                text = one.words if one.tag in HEADINGS | {"tr"} else own_text(one)
                for number in NUMBER.finditer(text):
                    yield one, text, number


def own_text(block: Node) -> str:
    """A block's text without that of the blocks in it."""
    parts = []
    for child in block.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.tag not in BLOCKS | HEADINGS | UNSEEN | {"ul", "ol", "table", "div", "details", "section", "form"}:
            parts.append(child.words if child.tag in ("span", "a", "br", "code", "svg") else own_text(child))
    return "".join(parts)


def inside(element: Node, tags: set[str]) -> bool:
    return any(one.tag in tags for one in element.up() if one is not element)


def links(element: Node) -> list[str]:
    return [one.attributes["href"] for one in element.seen() if one.tag == "a" and "href" in one.attributes]


class Proof:
    """Why a number may stand where it stands: by its block, the section, the row, or what they lead to."""

    def __init__(self, site: Site) -> None:
        self.site = site
        named = {key: name(document) for key, document in site.rulebook["documents"].items()}
        sources = [source for one in holders(site.rulebook) for source in one["sources"]]
        words = {named[s["document"]] + (s["clause"] or "") for s in sources if s["clause"]}
        words |= {f"{one}（{what}待核实）" for one in named.values() for what in ("条款", "原文")}
        self._sources = sorted(words, key=len, reverse=True)
        self._by_anchor = {anchor(key): key for key in named}
        self._sourced: dict[str, bool] = {}
        self._unproven = f"结论：{labels()['verdict']['unverifiable']}"

    def reaches(self, page: Page, block: Node, at: int) -> bool:
        """Whether the number at this place of the block's text does."""
        if inside(block, {"nav"}):
            return any(self.reaches(page, part[0], 0) for link in links(block) if (part := self.site.shown(page, link)))
        return (
            self.marked(page, block)
            or self.linked(page, block)
            or self.within(page, block)
            or self.asked(page, block, at)
            or self.introduces(page, block)
        )

    def marked(self, page: Page, block: Node) -> bool:
        """Worked by the calculator from rules that it names, each with all its documents in the page's foot."""
        marks = [one.attributes["data-yb-rests"] for one in block.seen() if "data-yb-rests" in one.attributes]
        return bool(marks) and all(self.founded(page, named) for mark in marks for named in mark.split())

    def founded(self, page: Page, named: str) -> bool:
        """named: a rule's id, or `rule#reading`."""
        identifier, _, reading = named.partition("#")
        rule = self.site.rules[identifier]
        sources = [*rule["sources"], *(s for one in rule["readings"] if one["id"] == reading for s in one["sources"])]
        lines = [(page.foot.get(anchor(source["document"]), ""), source["clause"] or "待核实") for source in sources]
        return all(clause in line for line, clause in lines)

    def linked(self, page: Page, block: Node) -> bool:
        """It links to a rule that names its sources, to a claim with its verdict, or to a document beside the clause."""
        for link in links(block):
            fragment = urlsplit(link).fragment
            shown = self.site.shown(page, link)
            if shown and (self.sourced(shown) or (fragment in self._claims and self.judged(page, shown))):
                return True
            if fragment in self._by_anchor and "待核实" in block.words:
                return True
            if fragment in self._by_anchor and any(clause in block.words for clause in self._clauses[fragment]):
                return True
        return False

    @cached_property
    def _claims(self) -> set[str]:
        return {anchor(claim["id"]) for claim in self.site.rulebook["claims"]}

    @cached_property
    def _conflicts(self) -> set[str]:
        return {anchor(conflict["id"]) for conflict in self.site.rulebook["conflicts"]}

    @cached_property
    def _clauses(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {key: set() for key in self._by_anchor}
        for one in holders(self.site.rulebook):
            for source in one["sources"]:
                found[anchor(source["document"])] |= {source["clause"]} if source["clause"] else set()
        return found

    def sourced(self, section: list[Node]) -> bool:
        """A line of it names documents, each with its clause or 待核实, and nothing else."""
        for part in section:
            for one in part.seen():
                if one.tag in ("li", "p") and own_text(one).strip().startswith("出处："):
                    return self.names_sources(own_text(one).strip().removeprefix("出处："))
        return False

    def names_sources(self, line: str) -> bool:
        if line not in self._sourced:
            rest = line
            for words in self._sources:
                rest = rest.replace(words, "")
            self._sourced[line] = bool(line) and not rest.strip("；\n ")
        return self._sourced[line]

    def judged(self, page: Page, section: list[Node]) -> bool:
        """A claim: it links to the rule that decides, or says that nothing was found to decide by."""
        text = "".join(one.words for one in section)
        rules = [link for one in section for link in links(one) if urlsplit(link).fragment in self.site.rule_anchors]
        return bool(rules) or self._unproven in text

    def within(self, page: Page, block: Node) -> bool:
        """The nearest heading's section names its sources; or is a claim's; or a document's, where it tells of itself."""
        head = heading_of(block)
        if head is None:
            return False
        identifier = head.attributes.get("id", "")
        section = page.section_of(identifier)
        if page.name.startswith("claims/") and identifier in self._claims:
            return self.judged(page, section)
        if page.name == "conflicts" and identifier in self._conflicts:
            lists = [one for part in section for one in part.seen() if one.tag == "ul"]
            sides = [one for part in lists for one in part.seen() if one.tag == "li"]
            return bool(sides) and all(self.linked(page, side) for side in sides)
        return (page.name == "documents" and identifier in self._by_anchor) or self.sourced(section)

    def asked(self, page: Page, block: Node, at: int) -> bool:
        """The question of a worked row: a number in its first cell or in the table's head, the answers beside it sourced."""
        if block.tag != "tr":
            return False
        table = next(one for one in block.up() if one.tag == "table")
        first, *others = [one for one in block.seen() if one.tag in ("td", "th")]
        if inside(block, {"thead"}):
            rows = [one for one in table.seen() if one.tag == "tr"]
            return any(self.marked(page, row) or self.linked(page, row) for row in rows) or self.introduced(page, table)
        if at < block.words.index(first.words) + len(first.words) and not any(NUMBER.search(one.words) for one in others):
            return True
        return self.introduced(page, table)

    def introduced(self, page: Page, table: Node) -> bool:
        """The sentence before the table leads to the rule that the table spells out."""
        before = table.siblings[: table.siblings.index(table)]
        return bool(before) and before[-1].tag == "p" and self.linked(page, before[-1])

    def introduces(self, page: Page, block: Node) -> bool:
        """The premise of a worked table, told in its heading or in a paragraph beside it."""
        around = page.section_of(block.attributes.get("id", "")) if block.tag in HEADINGS else beside(block)
        tables = [one for one in around if one.tag == "table"]
        return bool(tables) and self.marked(page, tables[0])


def beside(block: Node) -> list[Node]:
    here = block.siblings.index(block)
    return block.siblings[max(0, here - 2) : here + 3] if block.tag == "p" else []


def heading_of(block: Node) -> Node | None:
    """The heading that the block stands under; itself, if it is one."""
    for one in block.up():
        if one.tag in HEADINGS:
            return one
        before = one.siblings[: one.siblings.index(one)] if one.parent else []
        heads = [sibling for sibling in before if sibling.tag in HEADINGS]
        if heads:
            return heads[-1]
    return None


def name(document: dict[str, Any]) -> str:
    """A document as pages name it."""
    if document.get("kind") == "summary":
        return f"「本站归纳」{document['title']}"
    return f"《{document['title']}》" + (f"（{document['number']}）" if document["number"] else "")


def holders(rulebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All that has sources."""
    for rule in rulebook["rules"]:
        yield rule
        yield from rule["readings"]
    yield from (*rulebook["channels"], *rulebook["procedures"])


NOT_POLICY = {
    "name of a document": r"{documents}",
    "number of a hotline, as the record of the channel has it": r"{hotlines}",
    "the rulebook's version and the day of its data": r"{version}|{data_date}",
    "id of a claim or a conflict": r"\b(?:[A-Z][0-9A-Z]*-[0-9]{{3}}|CF[0-9]{{2}})\b",
    "the day of our next look, and titles of rules": r"应在 [0-9-]{{10}} 以前再核对、还没有核对的：.*",
    "how many documents are under a page": r"下面 [0-9]+ 份文件|有 [0-9]+ 份两个人|其余 [0-9]+ 份|这 [0-9]+ 份是哪些",
    "how many things of ours a page lists": r"[有共了的还用] ?[0-9]+ (?:条|份|个地方)|{verdicts} [0-9]+ 条",
    "which day, which year, month by month": r"[哪那下上这每]一(?:年|天)|一个月一个月",
}
"""Numbers that no document has to bear out, and the words that show it."""

FRAME = "a version that a frame can be held to"
"""On the hosted site alone: nothing frames a file."""
ONLY_ON = {
    "a count of claims by verdict": ("claims", r"(?m)^[0-9]+$|{verdicts} [0-9]+"),
    "a count of rules, documents, places to verify": ("worklist", r"(?m)^[0-9]+$|写着 0 的|sha256|[0-9]+ 份文件"),
    "a published rulebook": ("updates", r"(?s)[0-9]{{4}}\.[0-9]+\.[0-9]+\s+[0-9a-f]{{12}}\s+[0-9-]{{10}}\s+[0-9]+ 条.*"),
    FRAME: ("embedding", r"固定在第 [0-9.]+ 版"),
    "what a key's values mean": (
        "data", r"0 到 1 之间，例如 0\.85|0 是没有等待期|一天最多能转|连续参保一年|一年没报销过，第二年|最后一天",
    ),
    "hash of a rulebook": ("data", r"\b[0-9a-f]{{12,}}|sha256"),
    "how long pages take, as the benchmark found it": ("speed", r"(?s).+"),
    "what pages are made to hold for every reader": ("about/accessibility", r"(?:17|48) 像素|WCAG 2\.2"),
    "licence, and the version of a package": (
        "about",
        r"CC BY 4\.0|软件包 \w+ [0-9.]+；还没有公布安排的年份",
    ),
}
IN_FORM = re.compile(r"填 0|例如最后缴的是 [0-9]+ 年 [0-9]+ 月的，就选 [0-9]+ 年 [0-9]+ 月|第一天|加一个月")
"""How to fill in the calculator's form."""


class Excuses:
    """Tells what a number is that is not policy."""

    def __init__(self, rulebook: dict[str, Any]) -> None:
        known = {
            "documents": "|".join(sorted((re.escape(name(d)) for d in rulebook["documents"].values()), key=len, reverse=True)),
            "hotlines": "|".join(sorted({c["number"] for c in rulebook["channels"] if c["number"]})),
            "verdicts": f"(?:{'|'.join(labels()['verdict'].values())})",
            "version": re.escape(rulebook["version"]),
            "data_date": rulebook["data_date"],
        }
        self._anywhere = {kind: re.compile(words.format(**known)) for kind, words in NOT_POLICY.items()}
        self._here = {kind: (path, re.compile(words.format(**known))) for kind, (path, words) in ONLY_ON.items()}

    def excuse(self, page: Page, block: Node, text: str, number: re.Match[str]) -> str:
        """The kind of number; "" if it is of none."""
        if block.tag == "pre":
            return "code"
        if inside(block, {"yibao-calculator"}) and covers(IN_FORM, text, number):
            return "the form"
        for kind, words in self._anywhere.items():
            if covers(words, text, number):
                return kind
        for kind, (path, words) in self._here.items():
            if page.name == path and covers(words, text, number):
                return kind
        return ""


def covers(words: re.Pattern[str], text: str, number: re.Match[str]) -> bool:
    return any(found.start() <= number.start() and number.end() <= found.end() for found in words.finditer(text))


def labels() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "templates" / "labels.yaml").read_text("utf-8"))
    return found


@pytest.fixture(scope="module", params=("hosted", "offline"))
def site(request: pytest.FixtureRequest, homes: dict[str, Path], rulebook: dict[str, Any]) -> Site:
    return Site(homes[request.param], rulebook, request.param == "hosted")


def unproven(site: Site, pages: list[Page], used: Counter[str] | None = None) -> list[str]:
    """Each number of these pages that neither reaches a source nor is of a kind declared above, with the words around it."""
    proof, excuses, found = Proof(site), Excuses(site.rulebook), []
    for page in pages:
        for block, text, number in page.numbers():
            if proof.reaches(page, block, number.start()):
                continue
            kind = excuses.excuse(page, block, text, number)
            if used is not None:
                used[kind] += 1
            if not kind:
                around = text[max(0, number.start() - 20) : number.end() + 20]
                found.append(f"{page.path} <{block.tag}>: …{' '.join(around.split())}…")
    return found


def test_every_number_on_every_page_reaches_a_document_and_clause_or_says_it_does_not(site: Site) -> None:
    used: Counter[str] = Counter()
    found = unproven(site, list(site.pages.values()), used)
    assert found == [], f"{len(found)}: " + "\n".join(found[:40])
    assert len(site.pages) > 130
    needed = {"code", "the form", *NOT_POLICY, *ONLY_ON} - (set() if site.hosted else {FRAME})
    assert set(used) == needed, "an excuse that nobody needs"
    total = sum(1 for page in site.pages.values() for _ in page.numbers())
    assert total > 20_000 and used.total() < total / 10, "most numbers are proven, not excused"


SMUGGLED = {
    "a sentence of an answer": ("employee", "<p>断缴超过7个月的，要等9个月。</p>"),
    "words for a number": ("employee", "<p>断了三个月以上的，只报一半。</p>"),
    "a table worked by nobody": ("employee", "<table><tbody><tr><td>断了7个月</td><td>等9个月</td></tr></tbody></table>"),
    "an answer by a rule that the page does not rest on": (
        "employee",
        '<p>要等<span data-yb-rests="350200.resident.window">9个月</span>。</p>',
    ),
    "a link that leads to no rule": ("employee", '<p>要等9个月（<a href="../../places/CN/#basis">依据</a>）。</p>'),
    "a source without clause": ("employee", "<h3>新规定</h3><p>要等9个月。</p><p>出处：《中华人民共和国社会保险法》</p>"),
    "a fee": ("flexible", "<li>每天收万分之五，最多500元。</li>"),
}


@pytest.mark.parametrize("how", SMUGGLED)
def test_a_number_without_a_source_is_found(how: str, homes: dict[str, Path], rulebook: dict[str, Any], tmp_path: Path) -> None:
    where, smuggled = SMUGGLED[how]
    site = Site(homes["hosted"], rulebook, True)
    page = site.pages[f"rules/{where}/index.html"]
    assert unproven(site, [page]) == []
    html = (homes["hosted"] / page.path).read_text("utf-8")
    spot = '<h2 id="现在怎么办">'
    assert html.count(spot) == 1
    (tmp_path / "page.html").write_text(html.replace(spot, f"<h2>别的</h2>{smuggled}{spot}"), "utf-8")
    page._file = tmp_path / "page.html"
    for cached in ("root", "ids", "foot"):
        page.__dict__.pop(cached, None)
    assert unproven(site, [page]) != []
