"""What we write for each other is so: links lead somewhere, code that is named is there, examples say what they say."""

from __future__ import annotations

import doctest
import re
import subprocess
from pathlib import Path

import pytest

from tests.build.markdown import anchors, broken, defines
from tests.build.test_files import tracked
from tests.kept import take_away

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "docs" / "project"
ARCHITECTURE, WALK, ADDING = (PROJECT / f"{name}.md" for name in ("architecture", "walk", "adding"))
OF_THE_SITE = (ROOT / "docs" / "pages", ROOT / "docs" / "templates")
PAGES = [page for page in tracked() if page.suffix == ".md" and not any(page.is_relative_to(home) for home in OF_THE_SITE)]


def test_every_link_leads_somewhere_and_all_code_that_is_named_is_there():
    assert {ARCHITECTURE, WALK, ADDING, ROOT / "README.md", ROOT / "CONTRIBUTING.md"} <= set(PAGES) and len(PAGES) > 40
    found = {page.relative_to(ROOT).as_posix(): wrong for page in PAGES if page.is_file() and (wrong := [*broken(ROOT, page)])}
    assert found == {}


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("[x](../../nothing.md)", "no such file"),
        ("[x](../../README.md#nothing)", "no such heading"),
        ("[x](#nothing)", "no such heading"),
        ("[x](../../../../etc/passwd)", "no such file"),
        ("`calculator/nothing.py`", "no such file"),
        ("`calculator/case.py::nothing`", "not in that file"),
        ("`calculator/case.py::Case.nothing`", "not in that file"),
        ("`docs/widget/form.js::Form.nothing`", "not in that file"),
        ("`docs/widget/fragment.js::nothing`", "not in that file"),
    ],
)
def test_what_is_not_there_is_seen(tmp_path, line, word):
    page = tmp_path / "docs" / "project" / "page.md"
    page.parent.mkdir(parents=True)
    for name in ("README.md", "calculator", "docs/widget"):
        (tmp_path / name).symlink_to(ROOT / name)
    page.write_text(f"# Here\n\n[x](../../README.md) [y](#here) `calculator/case.py::Case.parse`\n\n{line}\n", "utf-8")
    [found] = broken(tmp_path, page)
    assert word in found


def test_headings_are_named_as_forges_name_them():
    assert anchors("# 加一个新城市（三十分钟）\n## A `b` C-d, e\n## A `b` C-d, e\n```\n# no\n```\n") == {
        "加一个新城市三十分钟", "a-b-c-d-e", "a-b-c-d-e-1",
    }  # fmt: skip


def test_a_name_is_found_where_it_is_defined():
    assert defines(ROOT / "calculator" / "fields.py", "FIELDS") and defines(ROOT / "docs" / "widget" / "fragment.js", "hashOf")
    assert not defines(ROOT / "calculator" / "case.py", "json")


def told(text: str) -> list[str]:
    """What the examples of a page say, where that is not what it says they do."""
    said: list[str] = []
    shown = doctest.DocTestParser().get_doctest(text, {"book": take_away.rulebook()}, "page", "page", 0)
    doctest.DocTestRunner(verbose=False).run(shown, out=said.append)
    return said


def test_the_walk_says_what_it_says():
    text = WALK.read_text("utf-8")
    assert text.count(">>> ") > 25 and told(text) == []
    assert told(text.replace("(None, 3, 6,", "(None, 3, 7,"))


def test_the_walk_goes_through_every_stage():
    named = set(re.findall(r"`([\w/]+\.\w+)::", WALK.read_text("utf-8")))
    in_page = {"form.js", "bridge.py", "draw.js", "takeaway.js"}
    to_findings = {"cli.py", "text.py", "case.py", "lapse.py", "rulebook.py", "conditions.py", "restoration.py"}
    to_words = {"assess.py", "tier_words.py", "headline.py", "summary.py", "ics.py", "timeline.py"}
    assert {Path(one).name for one in named} >= in_page | to_findings | to_words


def test_every_decision_and_every_part_of_the_house_is_in_its_drawing():
    page = ARCHITECTURE.read_text("utf-8")
    decisions = {path.name for path in (ROOT / "docs" / "decisions").glob("0*.md")}
    assert set(re.findall(r"\(\.\./decisions/(0[\w-]+\.md)\)", page)) == decisions
    assert decisions == set(re.findall(r"\((0[\w-]+\.md)\)", (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")))
    parts = {"/".join(path.relative_to(ROOT).parts[:2]) for path in tracked() if path.is_file()}
    rooms = {part for part in parts if part.startswith(("scripts/", "docs/", "tests/")) and "__" not in part}
    rooms |= {part for part in parts if part.startswith("calculator/") and (ROOT / part).is_dir()}
    shown = {part for part in rooms if f"`{part}`" in page}
    small = {"scripts/setup.sh", "scripts/locks.sh", "tests/conftest.py", "tests/prepared.py"}
    assert rooms - shown == small


def files_of(heading: str) -> list[str]:
    section = ADDING.read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    first = [line.split(" | ")[0] for line in section.splitlines() if line.startswith("| `")]
    return [name for cell in first for name in re.findall(r"`([^`]+)`", cell)]


def test_a_question_is_added_where_the_example_stands():
    listed = set(files_of("A question (a key of the Case)"))
    command = ["git", "grep", "-lw", "hired_on", "--", "calculator", "scripts", "docs", ":!docs/project"]
    in_code = set(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())
    assert {name for name in listed if not name.startswith("tests/")} == in_code
    assert all("hired_on" in (ROOT / name).read_text("utf-8") for name in listed)


def test_a_scheme_is_added_where_the_others_stand():
    listed = files_of("A scheme")
    assert len(listed) > 15
    assert [name for name in listed if not re.search("flexible|resident|BY_MONTH", (ROOT / name).read_text("utf-8"))] == []
