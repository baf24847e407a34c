"""The tables as files: the same text to fetch and to run from the disk, under names that change when anything in them does."""

from __future__ import annotations

import json

from scripts.runtime import tables as files

TABLES = {"CN": '{"places":{"CN":"全国"}}', "350000": '{"places":{"350000":"福建省"}}'}


def written(monkeypatch, folder, tables):
    monkeypatch.setattr(files, "instant_tables", lambda rulebook, cache: tables)
    homes = {form: folder / form for form in ("hosted", "offline")}
    return files.write_tables({}, folder, homes), homes


def test_the_script_hands_over_the_text_that_is_fetched(monkeypatch, tmp_path):
    told, homes = written(monkeypatch, tmp_path, TABLES)
    assert told["places"] == list(TABLES)
    for code, text in TABLES.items():
        name = f"{code}.{told['hash']}.json"
        assert (homes["hosted"] / name).read_text("utf-8") == text
        call = (homes["offline"] / f"{name}.js").read_text("ascii").strip()
        assert json.loads(f"[{call.removeprefix('__yibaoPayload(').removesuffix(')')}]") == [f"{name}.js", text]


def test_another_table_gives_all_another_name(monkeypatch, tmp_path):
    before, _ = written(monkeypatch, tmp_path / "a", TABLES)
    again, _ = written(monkeypatch, tmp_path / "b", TABLES)
    after, _ = written(monkeypatch, tmp_path / "c", {**TABLES, "CN": "{}"})
    assert before == again
    assert before["hash"] != after["hash"]
