"""A release: versions that are one, a commit that is clean, files that are the same bytes each time and checked by anyone."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
import yaml

from scripts.errors import BuildError
from scripts.fingerprint import Stamp, files_under
from scripts.shipping import Made, clean_commit, pack, untied, wrong_in
from scripts.shipping import __main__ as shipping
from tests.build.conftest import House

ROOT = Path(__file__).resolve().parents[2]
VERSION = "2026.12.1"
MADE = Made(VERSION, "2026-12-01", "sha256:" + "0" * 64, "c" * 40, 1796083200, {"SITE_URL": "https://a.invalid/"}, [])
CHANGES = f"# 更新记录\n\n## {VERSION}\n\n- 新的。\n\n## 2026.11.2\n\n- 旧的。\n\n## 2026.11.1\n\n第一版。\n"


def test_of_this_checkout_all_versions_are_one() -> None:
    assert untied(ROOT, yaml.safe_load((ROOT / "rules" / "rulebook.yaml").read_text("utf-8"))["version"]) == []


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the versions are read from, all one."""
    root = tmp_path / "checkout"
    (root / "rules" / "released").mkdir(parents=True)
    for version in ("2026.11.1", "2026.11.2"):
        (root / "rules" / "released" / f"{version}.json.xz").write_text("")
    (root / "rules" / "rulebook.yaml").write_text(f'version: "{VERSION}"\n')
    (root / "CHANGELOG.md").write_text(CHANGES)
    shutil.copyfile(ROOT / "pyproject.toml", root / "pyproject.toml")
    return root


def test_versions_that_are_one_are_in_nobodys_way(checkout: Path) -> None:
    assert untied(checkout, VERSION) == []


@pytest.mark.parametrize(
    ("changelog", "said"),
    [
        (CHANGES.replace("- 新的。", ""), "还没有写"),
        (CHANGES.replace(f"## {VERSION}\n\n- 新的。\n", ""), f"是 2026.11.2，rules/rulebook.yaml 的 version 是 {VERSION}"),
        (CHANGES.replace("## 2026.11.2", "## 还没发布"), "“还没发布”这一节的标题不是版本号"),
        (CHANGES.replace("## 2026.11.2", "## 2026.11.3"), "第 2026.11.2 版留存过，CHANGELOG.md 里却没有它"),
        (CHANGES + "\n## 2026.11.2\n\n- 又写一遍。\n", "一版一节，新的在前"),
        (CHANGES.replace("2026.11.1", "2026.11.10"), "一版一节，新的在前"),
        ("# 更新记录\n", "最上面一节是 （没有）"),
    ],
)
def test_a_changelog_that_does_not_fit_is_told(checkout: Path, changelog: str, said: str) -> None:
    (checkout / "CHANGELOG.md").write_text(changelog)
    assert said in "\n".join(untied(checkout, VERSION))


def test_a_version_older_than_a_kept_one_is_told(checkout: Path) -> None:
    (checkout / "rules" / "released" / "2026.12.10.json.xz").write_text("")
    assert "比 rules/rulebook.yaml 的 version（2026.12.1）新" in "\n".join(untied(checkout, VERSION))


def test_a_wheel_that_would_be_named_otherwise_is_told(checkout: Path) -> None:
    (checkout / "rules" / "rulebook.yaml").write_text('other: "1"\nversion: "2026.12.2"\n')
    said = "wheel 的版本会是 2026.12.2，规则书是 2026.12.1；请改 pyproject.toml 的 tool.hatch.version"
    assert untied(checkout, VERSION) == [said]


def git(root: Path, *arguments: str) -> str:
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@a.invalid", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def committed(checkout: Path) -> Path:
    git(checkout, "init", "-q")
    git(checkout, "add", ".")
    git(checkout, "commit", "-q", "-m", "all")
    return checkout


def test_a_clean_tree_is_a_commit(committed: Path) -> None:
    assert clean_commit(committed) == git(committed, "rev-parse", "HEAD")


@pytest.mark.parametrize("change", ["edited", "new", "staged", "deleted", "renamed"])
def test_whatever_is_not_committed_stops_the_release_and_is_named(committed: Path, change: str) -> None:
    name = "CHANGELOG.md"
    if change == "edited":
        (committed / name).write_text("other")
    elif change == "deleted":
        (committed / name).unlink()
    else:
        name = "新的.txt"
        (committed / name).write_text("new")
    if change == "staged":
        git(committed, "add", name)
    if change == "renamed":
        git(committed, "mv", "-f", "CHANGELOG.md", name)
    with pytest.raises(BuildError, match=rf"个文件还没有提交（.*{name}.*）；.*请先提交，再运行一次 make release"):
        clean_commit(committed)


def test_without_git_or_a_commit_the_release_says_so(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BuildError, match="请在 git 克隆里"):
        clean_commit(checkout)
    monkeypatch.setenv("PATH", str(checkout))
    with pytest.raises(BuildError, match="没有找到程序 git。请先装好它"):
        clean_commit(checkout)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A site and a dist of a few files."""
    root = tmp_path / "built"
    files = {"dist/yibao-offline.zip": "zip", "dist/yibao-calculator.html": "html", "site/index.html": "home",
             f"dist/yibao_calculator-{VERSION}-py3-none-any.whl": "wheel", "site/api/sbom.json": "{}",
             "site/地方/很长的名字" + "长" * 40 + "/index.html": "page"}  # fmt: skip
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in files_under(folder)}


def test_a_release_is_complete_and_sha256sum_agrees(built: Path, tmp_path: Path) -> None:
    pack(built, MADE, tmp_path / "out")
    run = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path / "out", capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count(": OK") == 6
    assert set(contents(tmp_path / "out")) == {
        "SHA256SUMS", "manifest.json", f"yibao_calculator-{VERSION}-py3-none-any.whl", f"yibao-calculator-{VERSION}.html",
        f"yibao-offline-{VERSION}.zip", f"yibao-sbom-{VERSION}.cdx.json", f"yibao-site-{VERSION}.tar.gz",
    }  # fmt: skip
    assert wrong_in(tmp_path / "out") == []


def test_the_manifest_says_what_it_is_of_and_is_written_the_one_way(built: Path, tmp_path: Path) -> None:
    pack(built, MADE, tmp_path / "out")
    given = (tmp_path / "out" / "manifest.json").read_bytes()
    manifest = json.loads(given)
    assert (json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode() == given
    assert manifest["rulebook"] == {"version": VERSION, "hash": MADE.rulebook_hash}
    assert (manifest["version"], manifest["commit"], manifest["built_with"]) == (VERSION, "c" * 40, dict(MADE.switches))
    for one in manifest["files"]:
        data = (tmp_path / "out" / one["name"]).read_bytes()
        assert (one["size"], one["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert "/" in one["media_type"]


def test_packed_elsewhere_later_by_others_a_release_is_the_same_bytes(built: Path, tmp_path: Path) -> None:
    pack(built, MADE, tmp_path / "one")
    shutil.copytree(built, tmp_path / "copy", copy_function=shutil.copyfile)
    for path in files_under(tmp_path / "copy"):
        path.chmod(0o600)
        os.utime(path, (0, 0))
    pack(tmp_path / "copy", MADE, tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_site_unpacks_to_one_folder_as_it_was(built: Path, tmp_path: Path) -> None:
    pack(built, MADE, tmp_path / "out")
    with tarfile.open(tmp_path / "out" / f"yibao-site-{VERSION}.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    site = tmp_path / f"yibao-site-{VERSION}"
    old = {path.relative_to(built / "site"): path.read_bytes() for path in files_under(built / "site")}
    assert {path.relative_to(site): path.read_bytes() for path in files_under(site)} == old


@pytest.mark.parametrize("name", ["dist/yibao-offline.zip", "site/api/sbom.json"])
def test_what_was_not_built_is_named(built: Path, tmp_path: Path, name: str) -> None:
    (built / name).unlink()
    with pytest.raises(BuildError, match=f"没有 {name}；请先运行 make site"):
        pack(built, MADE, tmp_path / "out")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("altered", f"yibao-calculator-{VERSION}.html 不是做发布包时的那个文件"),
        ("missing", f"缺 yibao-calculator-{VERSION}.html"),
        ("added", "多出 virus.exe"),
        ("manifest spaced", "manifest.json 不是原来的写法"),
        ("manifest altered", "manifest.json 不是做发布包时的那个文件"),
        ("manifest cut", "读不出来"),
        ("sums shortened", "列的文件不同"),
        ("sums altered", f"yibao-calculator-{VERSION}.html 不是做发布包时的那个文件"),
    ],
)
def test_a_release_that_was_harmed_is_found_out(built: Path, tmp_path: Path, harm: str, said: str) -> None:
    out = tmp_path / "out"
    pack(built, MADE, out)
    (out / "SHA256SUMS.minisig").write_text("a signature is no fault")
    assert wrong_in(out) == []
    page, manifest, sums = out / f"yibao-calculator-{VERSION}.html", out / "manifest.json", out / "SHA256SUMS"
    kind, _, how = harm.partition(" ")
    if kind == "manifest":
        text = manifest.read_text()
        manifest.write_text({"spaced": text.replace(":", ": "), "altered": text.replace("cccc", "dddd"), "cut": text[:40]}[how])
    elif kind == "sums":
        lines = sums.read_text().splitlines(keepends=True)
        sums.write_text("".join(lines[1:] if how == "shortened" else ["0" * 64 + line[64:] for line in lines]))
    elif kind == "missing":
        page.unlink()
    else:
        (out / "virus.exe" if kind == "added" else page).write_text("other")
    assert said in "\n".join(wrong_in(out))


def test_the_command_checks_a_folder(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack(built, MADE, tmp_path / "out")
    assert shipping.main(["check", str(tmp_path / "out")]) == 0
    (tmp_path / "out" / "SHA256SUMS").write_text("")
    assert shipping.main(["check", str(tmp_path / "out")]) == 1
    assert "列的文件不同" in capsys.readouterr().err


def test_a_build_leaves_the_releases_where_they_are_and_does_not_count_them(house: House) -> None:
    house.build()
    kept = house.root / "dist" / "release" / "1" / "manifest.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("kept")
    assert "没有改动" in house.build().stdout
    house.says("second")
    assert house.build().returncode == 0
    assert house.parts() == {"second"} and kept.read_text() == "kept"


class Standing(shipping.Build):
    """A build of which it is told what it is made of."""

    def inputs(self) -> str:
        return "inputs"

    def outputs(self) -> str:
        return "outputs"


@pytest.fixture
def releasing(built: Path, monkeypatch: pytest.MonkeyPatch) -> Standing:
    """All is ready to be packed."""
    rulebook = {"version": VERSION, "data_date": MADE.data_date, "hash": MADE.rulebook_hash}
    monkeypatch.setattr(shipping, "ready", lambda root: (rulebook, MADE.commit))
    monkeypatch.setattr(shipping, "_same_rulebook", lambda root, made: None)
    build = Standing(built)
    Stamp("inputs", "outputs", []).write(build.stamp)
    return build


def test_a_release_is_made_once_and_never_replaced_by_another(releasing: Standing) -> None:
    shipping.packed(releasing)
    first = contents(releasing.root / "dist" / "release" / VERSION)
    assert wrong_in(releasing.root / "dist" / "release" / VERSION) == []
    shipping.packed(releasing)
    (releasing.root / "site" / "index.html").write_text("other")
    with pytest.raises(BuildError, match="发布过的版本不能换内容"):
        shipping.packed(releasing)
    assert contents(releasing.root / "dist" / "release" / VERSION) == first


def test_what_was_built_of_other_files_is_not_released(releasing: Standing) -> None:
    Stamp("other inputs", "outputs", []).write(releasing.stamp)
    with pytest.raises(BuildError, match="请先运行 make site"):
        shipping.packed(releasing)


def test_the_wheel_and_the_site_must_hold_the_kept_rulebook() -> None:
    book = json.loads((ROOT / "calculator" / "rulebook.json").read_text("utf-8"))
    made = MADE._replace(version=book["version"], rulebook_hash=book["hash"])
    shipping._same_rulebook(ROOT, made)
    with pytest.raises(BuildError, match="wheel里的规则书不是留存的那一份"):
        shipping._same_rulebook(ROOT, made._replace(rulebook_hash="sha256:other"))
