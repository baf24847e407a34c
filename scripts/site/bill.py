"""What others have made and ships with the site: their licences for people (licences.txt), a bill of materials for programs.

docs/licences/parts.yml says what and under which licence; versions are read from the locks that the build installs from.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from scripts.errors import BuildError
from scripts.site.published import write_json

FOLDER = Path("docs", "licences")
LICENCES, BILL = "licences.txt", Path("api", "sbom.json")
OWN = "LicenseRef-"
"""Before the name of a licence that SPDX has no name for."""
OURS = "医保断缴指南：程序用 MIT 许可，文字和规则用 CC BY 4.0 许可。下面是其中别人做的部分。版本号是这次构建用的。"


class Part(NamedTuple):
    """One part. version: "" = not known, being chosen by the part it is `inside`. text: of its licence, taken from `origin`.

    digests: algorithm → hex, of the package it was installed from.
    """

    name: str
    version: str
    licence: str
    source: str
    what: str
    inside: str
    text: str
    origin: str
    purl: str
    digests: Mapping[str, str]


def write_bill(root: Path, version: str, day: str, out: Path) -> int:
    """Both files in `out`; how many parts. version, day: of the rulebook. BuildError for a part that no lock has."""
    found = list(parts(root))
    (out / LICENCES).write_text(_licences(found), "utf-8")
    write_json(out / BILL, _bill(found, version, day))
    return len(found)


def parts(root: Path) -> Iterator[Part]:
    """The parts in their order."""
    for said in yaml.safe_load((root / FOLDER / "parts.yml").read_text("utf-8")):
        version, purl, digests = _locked(root, said)
        try:
            text = (root / FOLDER / said["text"]).read_text("utf-8")
            licence, source, what, origin = (said[key] for key in ("licence", "source", "what", "from"))
        except (KeyError, OSError) as error:
            raise BuildError(f"docs/licences/parts.yml 里的 {said['name']} 没有写全，或缺许可的全文（{error}）。") from None
        yield Part(said["name"], version, licence, source, what, said.get("inside", ""), text, origin, purl, digests)


def _locked(root: Path, said: Mapping[str, str]) -> tuple[str, str, dict[str, str]]:
    """Version, package address and digests, as far as a lock knows them."""
    try:
        if name := said.get("npm"):
            lock = json.loads((root / "package-lock.json").read_text("utf-8"))["packages"][f"node_modules/{name}"]
            digest = base64.b64decode(lock["integrity"].removeprefix("sha512-")).hex()
            return lock["version"], f"pkg:npm/{name}@{lock['version']}", {"SHA-512": digest}
        if name := said.get("pypi"):
            version = re.findall(rf"(?m)^{re.escape(name)}==(\S+)", (root / "requirements.txt").read_text("utf-8"))[0]
            return version, f"pkg:pypi/{name}@{version}", {}
        if name := said.get("pyodide"):
            told = json.loads((root / "node_modules" / "pyodide" / "pyodide-lock.json").read_text("utf-8"))["info"][name]
            return told.removeprefix("emscripten_").replace("_", "."), "", {}
        if pattern := said.get("wasm"):
            return re.findall(pattern.encode(), _wasm(root))[0].decode(), "", {}
    except (KeyError, IndexError) as error:
        raise BuildError(f"docs/licences/parts.yml 里的 {said['name']} 在锁定的依赖里找不到（{error}）；不用了就删掉。") from None
    return "", "", {}


@cache
def _wasm(root: Path) -> bytes:
    return (root / "node_modules" / "pyodide" / "pyodide.asm.wasm").read_bytes()


def licences(root: Path) -> str:
    """The text for people: what there is by others, then the licence of each in full."""
    return _licences(list(parts(root)))


def _licences(found: list[Part]) -> str:
    heads = [
        f"{one.name} {one.version}".strip() + f"\n  {one.what}\n  许可：{one.licence.removeprefix(OWN)}；源代码：{one.source}"
        + (f"；在 {one.inside} 里面" if one.inside else "")
        for one in found
    ]  # fmt: skip
    texts = [
        f"{'=' * 20} {one.name}：{one.licence.removeprefix(OWN)} {'=' * 20}\n（全文取自：{one.origin}）\n\n{one.text.strip()}"
        for one in found
    ]
    return "\n\n".join([OURS, *heads, *texts]) + "\n"


def _bill(found: list[Part], version: str, day: str) -> dict[str, Any]:
    """CycloneDX 1.5. Nothing of chance or of the clock in it: the same site has the same bill."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": f"{day}T00:00:00Z",
            "component": {"type": "application", "bom-ref": "site", "name": "yibao-lapse-guide", "version": version},
        },
        "components": [_component(one) for one in found],
        "dependencies": [
            {"ref": ref, "dependsOn": [one.name for one in found if (one.inside or "site") == ref]}
            for ref in ("site", *dict.fromkeys(one.inside for one in found if one.inside))
        ],
    }


def _licence(name: str) -> dict[str, Any]:
    if name.startswith(OWN):
        return {"license": {"name": name.removeprefix(OWN)}}
    return {"expression": name} if " " in name else {"license": {"id": name}}


def _component(one: Part) -> dict[str, Any]:
    told = {
        "type": "library",
        "bom-ref": one.name,
        "name": one.name,
        "version": one.version,
        "hashes": [{"alg": name, "content": digest} for name, digest in one.digests.items()],
        "licenses": [_licence(one.licence)],
        "purl": one.purl,
        "externalReferences": [{"type": "vcs", "url": one.source}],
    }
    return {key: value for key, value in told.items() if value}
