"""What goes to object storage: every file once, no page before what it names, with what `_headers` says."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest

from scripts.hosting.__main__ import make
from scripts.hosting.headers import read
from scripts.hosting.objects import write_objects
from scripts.hosting.settings import Place
from scripts.serve import headers_for
from scripts.site.policy import headers

ROOT = Path(__file__).resolve().parents[2]
LONG = "一二三四五六七八九十" * 100
FILES = {
    "index.html": LONG, "cost/index.html": LONG, "404.html": LONG, "embed.html": LONG, "sw.js": "0", "api/places.json": LONG,
    "assets/widget/a.0123.js": LONG, "assets/site.css": "a{}", "assets/data.gz": "packed", "downloads/yibao.html": LONG,
    "其他.bin": "x",
}  # fmt: skip
RCLONE = """#!/usr/bin/env python3
import json, os, sys
with open(os.environ["LOG"], "a") as log:
    log.write(json.dumps(sys.argv[1:]) + "\\n")
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    home = tmp_path_factory.mktemp("objects")
    for name, text in {**FILES, "_headers": headers("default-src 'none'")}.items():
        (home / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (home / "site" / name).write_text(text, "utf-8")
    make(home / "site", home / "hosting", Place())
    return home / "hosting"


@pytest.fixture(scope="module")
def told(made):
    return json.loads((made / "objects.json").read_text("utf-8"))


def by_key(told):
    return {one["key"]: one for one in told["objects"]}


def test_every_file_is_there_once_and_its_copies_and_the_list_of_headers_are_not(told):
    keys = [one["key"] for one in told["objects"]]
    assert sorted(keys) == sorted(FILES) and len(keys) == len(set(keys))


def test_what_is_stored_is_what_the_list_says(made, told):
    for one in told["objects"]:
        stored = (made / "objects" / one["key"]).read_bytes()
        assert (len(stored), hashlib.sha256(stored).hexdigest()) == (one["size"], one["sha256"])
        whole = gzip.decompress(stored) if one["encoding"] == "gzip" else stored
        assert whole.decode() == FILES[one["key"]]


def test_browsers_get_it_packed_and_programs_as_it_is(told):
    packed = {key for key, one in by_key(told).items() if one["encoding"]}
    assert packed == {"index.html", "cost/index.html", "404.html", "embed.html", "assets/widget/a.0123.js"}


def test_types_and_how_long_to_keep_are_those_that_servers_send(made, told):
    for key, one in by_key(told).items():
        sent = headers_for(f"/{key}", made / "site")
        assert one["cache"] == sent.get("Cache-Control", "no-cache"), key
        assert one["disposition"] == sent.get("Content-Disposition", ""), key
    assert by_key(told)["assets/widget/a.0123.js"]["cache"].endswith("immutable")
    assert by_key(told)["index.html"]["type"] == "text/html; charset=utf-8"
    assert by_key(told)["其他.bin"]["type"] == "application/octet-stream"


def test_what_an_object_cannot_say_is_left_to_the_cdn(made, told):
    left = [(one["pattern"], one["name"], one["value"]) for one in told["headers"]]
    kept = [tuple(one) for one in read(made / "site" / "_headers") if one.name not in ("Cache-Control", "Content-Disposition")]
    assert left == kept and ("/embed.html", "Content-Security-Policy", "frame-ancestors *") in left


def test_pages_come_after_what_they_name_and_the_worker_last(told):
    keys = [one["key"] for one in told["objects"]]
    first_page = min(index for index, key in enumerate(keys) if key.endswith(".html") and not key.startswith("downloads/"))
    assert all(not key.endswith((".js", ".css", ".json")) for key in keys[first_page:-1]) and keys[-1] == "sw.js"


def test_the_script_uploads_every_file_once_with_its_headers_in_that_order(made, told, tmp_path):
    (tmp_path / "rclone").write_text(RCLONE, "utf-8")
    (tmp_path / "rclone").chmod(0o755)
    around = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "LOG": str(tmp_path / "log")}
    subprocess.run(["bash", str(made / "upload.sh"), "store:bucket/path"], env=around, check=True)
    uploaded = []
    for line in (tmp_path / "log").read_text("utf-8").splitlines():
        asked = json.loads(line)
        assert asked[:5] == ["copy", "objects", "store:bucket/path", "--checksum", "--files-from-raw"]
        said = dict(one.split(": ", 1) for one in asked[7::2])
        assert set(asked[6::2]) == {"--header-upload"}
        uploaded += [(key, said) for key in (made / asked[5]).read_text("utf-8").splitlines()]
    names = {f"Content-{own.title()}": own for own in ("type", "encoding", "disposition")} | {"Cache-Control": "cache"}
    assert [key for key, _ in uploaded] == [one["key"] for one in told["objects"]]
    for key, said in uploaded:
        assert said == {name: by_key(told)[key][own] for name, own in names.items() if by_key(told)[key][own]}


def test_without_a_place_to_upload_to_nothing_is_done(made):
    run = subprocess.run(["bash", str(made / "upload.sh")], capture_output=True, text=True, check=False)
    assert run.returncode == 2 and "上传到哪里" in run.stderr


def test_every_file_of_the_real_site_has_a_type(tmp_path):
    if not (ROOT / "site" / "_headers").is_file():
        pytest.skip("no site was built here")
    write_objects(ROOT / "site", read(ROOT / "site" / "_headers"), tmp_path)
    found = json.loads((tmp_path / "objects.json").read_text("utf-8"))["objects"]
    assert len(found) > 300
    assert {Path(one["key"]).suffix for one in found if one["type"] == "application/octet-stream"} <= {".br", ".bin"}
