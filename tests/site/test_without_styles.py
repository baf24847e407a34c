"""Pages without any style sheet: nothing grows as wide as the window, and the first link says where it leads."""

from __future__ import annotations

import re

import pytest

SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
SVG = re.compile(r"<svg\b[^>]*>")
SIZED = re.compile(r'(?=[^>]* width="[\d.]+%?")(?=[^>]* height="[\d.]+")')


def test_every_picture_in_a_page_has_a_size_of_its_own(hosted):
    found = [(name, svg) for name, page in hosted.items() for svg in SVG.findall(SCRIPT.sub("", page.html))]
    assert len(found) > len(hosted) > 100
    assert [f"{name}: {svg[:90]}" for name, svg in found if not SIZED.search(svg)][:20] == []


@pytest.mark.parametrize("name", ["index.html", "account/index.html", "calculator/index.html"])
def test_the_first_link_leads_to_the_text(hosted, name):
    page = hosted[name]
    first = re.search(r'<a\b[^>]*href="#([^"]+)"[^>]*>\s*([^<]+?)\s*</a>', page.html[page.html.index("<body") :])
    assert first and first[2] == "跳到正文"
    assert first[1] in page.ids
