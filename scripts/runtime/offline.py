"""The offline bundle: the finished offline site as one zip."""

from __future__ import annotations

from pathlib import Path

from scripts.errors import BuildError
from scripts.runtime.parts import write_zip

FOLDER = "yibao-offline"


def pack_offline(site_dir: Path, zip_path: Path) -> None:
    """Zip `site_dir` so that it unpacks to one folder with an index.html. Equal sites make equal bytes."""
    if not (site_dir / "index.html").is_file():
        raise BuildError(f"离线版没有首页:{site_dir}/index.html")
    files = [file for file in site_dir.rglob("*") if file.is_file()]
    zip_path.parent.mkdir(parents=True, exist_ok=True)
    write_zip(zip_path, {f"{FOLDER}/{file.relative_to(site_dir).as_posix()}": file.read_bytes() for file in files})
