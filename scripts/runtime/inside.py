"""Runs inside Pyodide (started by compile.mjs): finds what the calculator needs of the standard library and compiles it.

The bundle it writes replaces python_stdlib.zip in the page. It holds `.pyc` only, stored uncompressed: reading source
is seven tenths of a stock start, and a web server's brotli packs stored files better than zip does.
"""

import ast
import importlib
import importlib._bootstrap_external as bootstrap
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import CodeType

ZIP_ROOT = "/lib/python314.zip/"
STAMP = (2026, 1, 1, 0, 0, 0)
LIBRARY_LEVEL = 2  # no docstrings, no asserts: nobody reads them in a page
CALCULATOR_LEVEL = 0  # exactly what the command line runs

# A location entry of bytecode without columns (CPython's Objects/locations.md).
ENTRY = 1 << 7
LINE_ONLY = 13 << 3

# Imported by the standard library only when something goes wrong or a value is first formatted.
LAZY = ("traceback", "linecache", "_strptime", "calendar")


def import_calculator(entry: str, home: Path) -> None:
    """Import `entry` and, again and again, whatever the modules under `home` import, inside functions too."""
    sys.path.insert(0, str(home))
    pending, seen = {entry, *LAZY}, set()
    while pending:
        name = pending.pop()
        seen.add(name)
        module = importlib.import_module(name)
        origin = getattr(module.__spec__, "origin", None) or ""
        if origin.startswith(str(home)):
            pending |= set(imports_of(Path(origin))) - seen


def imports_of(source: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append(node.module)
    return found


def loaded_from(prefix: str) -> list[str]:
    """Files below `prefix` that the running interpreter has imported, relative and sorted."""
    origins = {getattr(getattr(m, "__spec__", None), "origin", None) or "" for m in list(sys.modules.values())}
    return sorted(origin.removeprefix(prefix) for origin in origins if origin.startswith(prefix) and origin.endswith(".py"))


def compiled(name: str, source: bytes, level: int) -> bytes:
    """Unchecked hash-based bytecode: no clock in it, and never compared with a source that is not there."""
    code = by_function(compile(source, ZIP_ROOT + name, "exec", dont_inherit=True, optimize=level))
    pack: Callable[[CodeType, bytes, bool], bytes] = getattr(bootstrap, "_code_to_hash_pyc")  # noqa: B009 - typeshed leaves it out
    return bytes(pack(code, bytes(8), False))


def by_function(code: CodeType) -> CodeType:
    """The same code, knowing of each instruction only the line its function begins on: a seventh less to download.

    A traceback then names the function and its first line. A location entry covers up to eight code units (two bytes each)
    and tells how far the line has moved: here, not at all.
    """
    units = len(code.co_code) // 2
    lengths = [8] * (units // 8) + [units % 8] * (units % 8 > 0)
    table = b"".join(bytes((ENTRY | LINE_ONLY | (length - 1), 0)) for length in lengths)
    constants = tuple(by_function(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_linetable=table, co_consts=constants)


def write_bundle(stdlib: Path, home: Path, entry: str, out: Path) -> int:
    """Write the bundle to `out`; returns how many modules it holds."""
    import_calculator(entry, home)
    library, ours = loaded_from(ZIP_ROOT), loaded_from(f"{home}/")
    with zipfile.ZipFile(stdlib) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
        for name in library:
            bundle.writestr(zipfile.ZipInfo(name + "c", STAMP), compiled(name, source.read(name), LIBRARY_LEVEL))
        for name in ours:
            bundle.writestr(zipfile.ZipInfo(name + "c", STAMP), compiled(name, (home / name).read_bytes(), CALCULATOR_LEVEL))
    return len(library) + len(ours)
