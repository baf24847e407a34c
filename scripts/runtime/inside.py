"""Runs inside Pyodide (started by compile.mjs): compiles the calculator, and what it needs of the standard library.

The bundle it writes replaces python_stdlib.zip in the page. It holds `.pyc` only, stored uncompressed: reading source
is seven tenths of a stock start, and a web server's brotli packs stored files better than zip does.
"""

import ast
import importlib._bootstrap_external as bootstrap
import zipfile
from collections.abc import Callable, Collection
from pathlib import Path
from types import CodeType

ZIP_ROOT = "/lib/python314.zip/"
OUR_ROOT = "/tmp/calculator.zip/"
STAMP = (2026, 1, 1, 0, 0, 0)
LIBRARY_LEVEL = 2  # no docstrings, no asserts: nobody reads them in a page
CALCULATOR_LEVEL = 0  # asserts and all, as the command line runs it

# A location entry of bytecode without columns (CPython's Objects/locations.md).
ENTRY = 1 << 7
LINE_ONLY = 13 << 3


def unread_left_out(tree: ast.Module) -> ast.Module:
    """Without what no running code of ours reads: docstrings, and the annotations of functions. A class keeps its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.copy_location(ast.Pass(), node.body[0])]
    return tree


def imports_of(tree: ast.Module, ours: Collection[str]) -> set[str]:
    """Modules that it imports anywhere, inside functions too. ours: names of files, which `from package import …` may mean."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            within = (f"{module}.{alias.name}" for alias in node.names)
            found |= {module, *(name for name in within if f"{name.replace('.', '/')}.py" in ours)}
    return found


def compiled(name: str, source: bytes | ast.Module, level: int) -> bytes:
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


def write_bundle(imported: Path, stdlib: Path, calculator: Path, out: Path) -> int:
    """Write the bundle to `out`; returns how many modules it holds.

    imported: "name, tab, origin" of each module in a Python that did nothing but import the calculator from OUR_ROOT. Raises
    ImportError where the calculator imports something else later, which the page would not have.
    """
    origins = dict(line.split("\t") for line in imported.read_text("utf-8").split("\n"))
    library = [origin.removeprefix(ZIP_ROOT) for origin in sorted(origins.values()) if origin.startswith(ZIP_ROOT)]
    ours = [origin.removeprefix(OUR_ROOT) for origin in sorted(origins.values()) if origin.startswith(OUR_ROOT)]
    with zipfile.ZipFile(stdlib) as standard, zipfile.ZipFile(calculator) as source, zipfile.ZipFile(out, "w") as bundle:
        for name in library:
            bundle.writestr(zipfile.ZipInfo(name + "c", STAMP), compiled(name, standard.read(name), LIBRARY_LEVEL))
        for name in ours:
            tree = ast.parse(source.read(name))
            if late := imports_of(tree, source.namelist()) - origins.keys():
                raise ImportError(f"{name} imports {', '.join(sorted(late))} when it runs: import it at the top")
            bundle.writestr(zipfile.ZipInfo(name + "c", STAMP), compiled(name, unread_left_out(tree), CALCULATOR_LEVEL))
    return len(library) + len(ours)

