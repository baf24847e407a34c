"""The files for programs: valid, complete, and the same numbers as everywhere else."""

from __future__ import annotations

import hashlib
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scripts.errors import BuildError
from scripts.rulebook.compiled import canonical
from scripts.site.generate import NOT_LISTED
from scripts.site.published import robots, site_address, sitemap

ATOM = "{http://www.w3.org/2005/Atom}"
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def api(homes: dict[str, Path]) -> Path:
    return homes["hosted"] / "api"


def load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_the_rulebook_served_is_the_one_compiled_and_fits_its_schema(api: Path, rulebook: dict[str, Any]) -> None:
    served = load(api / "rulebook.json")
    assert served["hash"] == rulebook["hash"]
    jsonschema.validate(served, load(api / "schema" / "rulebook.json"))


@pytest.mark.parametrize("name", ["case", "assessment", "rulebook"])
def test_schemas_are_schemas(api: Path, name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(load(api / "schema" / f"{name}.json"))


def test_places_have_four_keys_and_parents_that_exist(api: Path) -> None:
    places = load(api / "places.json")
    codes = {place["code"] for place in places}
    assert {"350000", "XPCC", "710000"} <= codes
    for place in places:
        assert list(place) == ["code", "name", "parent", "level"]
        assert place["parent"] in codes | {None}


def test_the_ledger_says_what_became_of_each_thing(api: Path, rulebook: dict[str, Any]) -> None:
    found = load(api / "ledger.json")
    rules = {rule["id"] for rule in rulebook["rules"]}
    facts = {fact for rule in rulebook["rules"] for source in rule["sources"] for fact in source.get("facts") or ()}
    assert facts <= set(found)
    assert {conflict["id"] for conflict in rulebook["conflicts"]} <= set(found)
    assert {claim["id"] for claim in rulebook["claims"]} <= set(found)
    for identifier, entry in found.items():
        assert set(entry["rules"]) <= rules, identifier


def test_pages_named_in_the_ledger_are_there(api: Path, hosted: dict[str, Any]) -> None:
    for identifier, entry in load(api / "ledger.json").items():
        for page in entry.get("pages", ()):
            address, _, mark = page.partition("#")
            found = hosted[f"{address}index.html"]
            assert not mark or mark in found.ids, f"{identifier}: {page}"


def test_the_feed_is_atom_with_an_entry_for_this_version(homes: dict[str, Path], rulebook: dict[str, Any]) -> None:
    root = ET.fromstring((homes["hosted"] / "feed.xml").read_text("utf-8"))
    assert root.tag == f"{ATOM}feed"
    assert {child.tag for child in root} >= {f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated", f"{ATOM}entry"}
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in root.iter(f"{ATOM}entry")]
    assert any(rulebook["version"] in title for title in titles)


def test_every_place_page_names_a_feed_of_its_own(homes: dict[str, Path], hosted: dict[str, Any]) -> None:
    feeds = {path.parent.name for path in (homes["hosted"] / "places").glob("*/feed.xml")}
    assert feeds >= {"CN", "350000", "350200"}
    for code in feeds:
        page = hosted[f"places/{code}/index.html"]
        assert "feed.xml" in page.links, code
        assert ET.parse(homes["hosted"] / "places" / code / "feed.xml").getroot().tag == f"{ATOM}feed"


def test_each_published_rulebook_is_served_under_its_own_hash(api: Path, rulebook: dict[str, Any]) -> None:
    listed = load(api / "rulebooks" / "index.json")
    assert listed[0]["hash"] == rulebook["hash"]
    assert {path.name for path in (api / "rulebooks").iterdir()} == {"index.json", *(one["file"] for one in listed)}
    for one in listed:
        book = load(api / "rulebooks" / one["file"])
        rest = {key: value for key, value in book.items() if key != "hash"}
        found = hashlib.sha256(canonical(rest).encode("utf-8")).hexdigest()
        assert one["hash"] == book["hash"] == f"sha256:{found}"
        assert one["file"] == f"{found}.json"
        assert (one["version"], one["data_date"], one["rules"]) == (book["version"], book["data_date"], len(book["rules"]))


def test_the_present_rulebook_is_the_same_file_at_both_addresses(api: Path, rulebook: dict[str, Any]) -> None:
    named = api / "rulebooks" / f"{rulebook['hash'].removeprefix('sha256:')}.json"
    assert named.read_bytes() == (api / "rulebook.json").read_bytes()


def test_the_sitemap_lists_every_page_once(homes: dict[str, Path], hosted: dict[str, Any]) -> None:
    root = ET.fromstring((homes["hosted"] / "sitemap.xml").read_text("utf-8"))
    listed = [url.findtext(f"{MAPS}loc") or "" for url in root]
    left_out = (*NOT_LISTED, "downloads/yibao-calculator.html")
    assert len(listed) == len(set(listed)) == len([path for path in hosted if path not in left_out])
    assert "calculator/" in {address[-11:] for address in listed}


def test_a_site_without_an_address_says_in_its_sitemap_that_it_has_none() -> None:
    nowhere = sitemap(["", "calculator/"], "2026-11-21", "")
    addresses = [url.findtext(f"{MAPS}loc") or "" for url in ET.fromstring(nowhere)]
    assert addresses == ["https://site-url-not-set.invalid/", "https://site-url-not-set.invalid/calculator/"]
    assert "SITE_URL" in nowhere
    assert "<loc>https://example.org/x/calculator/</loc>" in sitemap(["calculator/"], "2026-11-21", "https://example.org/x/")
    assert "Sitemap" not in robots("")
    assert "Sitemap: https://example.org/x/sitemap.xml" in robots("https://example.org/x/")


def test_the_address_of_the_site_ends_in_a_slash_and_is_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/x")
    assert site_address() == "https://example.org/x/"
    monkeypatch.setenv("SITE_URL", "example.org")
    with pytest.raises(BuildError, match="SITE_URL"):
        site_address()
    monkeypatch.delenv("SITE_URL")
    assert site_address() == ""


def test_files_of_the_contract_are_served(homes: dict[str, Path]) -> None:
    for name in ("index.html", "calculator/index.html", "404.html", "feed.xml", "feed.json", "sitemap.xml", "robots.txt"):
        assert (homes["hosted"] / name).is_file(), name
    for name in ("index.html", "calculator.html"):
        assert (homes["offline"] / name).is_file(), name
