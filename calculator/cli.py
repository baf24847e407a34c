"""The command line (contract: "Command line"). The only module of the package that touches files."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import IO, NoReturn

from calculator.batch import NOT_UTF8, answer_lines, error_text
from calculator.case import Case
from calculator.case_error import CaseError
from calculator.rulebook import Rulebook
from calculator.schema import SCHEMAS
from calculator.show import calendar, summary, timeline
from calculator.text import read_json, to_text, whole
from calculator.trace import trace

OK, WRONG_INPUT = 0, 2
SHOWN: Mapping[str, tuple[Callable[[Case, Rulebook], str | None], str]] = {
    "svg": (lambda case, rulebook: timeline(whole(case, rulebook)), "改写成时间线图（SVG）"),
    "ics": (lambda case, rulebook: calendar(whole(case, rulebook)), "改写成日历文件（.ics）；没有可记的日子就什么也不写"),
    "text": (lambda case, rulebook: summary(whole(case, rulebook)), "改写成一段可以发给别人的文字"),
    "trace": (lambda case, rulebook: to_text(trace(case, rulebook)), "改写成推算过程（JSON）：每个答案用了哪条规则、哪天的值"),
}
"""What can be written of one Case instead of its Assessment, and what `--help` says of it."""
MISTAKES = {
    r"^argument (\S+): not allowed with argument (\S+)$": r"\1 和 \2 不能一起用",
    r"^unrecognized arguments: (.+)$": r"不认识 \1",
    r"^argument \S+: invalid choice: (\S+) \(choose from (.+)\)$": r"没有 \1，可以写 \2",
    r"^the following arguments are required: (.+)$": r"还缺 \1",
    r"^argument (\S+): expected one argument$": r"\1 后面还缺一项",
}
"""What argparse says, and what we say instead."""
OWN_RULEBOOK = files("calculator") / "rulebook.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    options = _parser().parse_args(arguments)
    try:
        if options.command == "schema":
            print(json.dumps(SCHEMAS[options.name](), ensure_ascii=False, indent=2), flush=True)
            return OK
        rulebook = _given_rulebook(options.rulebook) if options.rulebook else own_rulebook()
        if options.jsonl:
            with _open(options.file) as lines:
                return _stream(lines, rulebook)
        with _open(options.file) as source:
            text = source.read().decode("utf-8")
        if options.shown:
            _show(options.shown, text, rulebook)
        else:
            print(_answers(text, rulebook))
        return OK
    except BrokenPipeError:  # whoever reads us has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except CaseError as error:
        print(error_text(error), file=sys.stderr)
        return WRONG_INPUT
    except UnicodeDecodeError:
        print(error_text(CaseError("", NOT_UTF8)), file=sys.stderr)
        return WRONG_INPUT


class _Parser(argparse.ArgumentParser):
    """Wrong arguments end like any wrong input: exit 2 and one JSON object on standard error."""

    def error(self, message: str) -> NoReturn:
        for english, chinese in MISTAKES.items():
            message = re.sub(english, chinese, message)
        print(error_text(CaseError("", f"命令写错了（{message}）；请看 python -m calculator --help")), file=sys.stderr)
        raise SystemExit(WRONG_INPUT)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m calculator", description="医保断缴计算器")
    commands = parser.add_subparsers(dest="command", required=True)
    asking = commands.add_parser("assess", help="读入一个 Case(JSON),写出 Assessment")
    asking.add_argument("file", nargs="?", default="-", help="文件名；- 或不写是标准输入")
    form = asking.add_mutually_exclusive_group()
    form.add_argument("--jsonl", action="store_true", help="每行一个 Case,每行一个结果")
    for name, (_, told) in SHOWN.items():
        form.add_argument(f"--{name}", dest="shown", action="store_const", const=name, help=told)
    asking.add_argument("--rulebook", type=Path, help="规则库文件（默认用自带的）")
    schema = commands.add_parser("schema", help="打印 JSON Schema")
    schema.add_argument("name", choices=sorted(SCHEMAS))
    return parser


def own_rulebook() -> Rulebook:
    """The rulebook that the package brings along, also from inside a wheel that was never unpacked."""
    return _rulebook(OWN_RULEBOOK)


def _given_rulebook(path: Path) -> Rulebook:
    """A rulebook from elsewhere. What it says its hash is must be so: answers are printed with it, and found again by it."""
    rulebook = _rulebook(path)
    held = json.loads(path.read_text(encoding="utf-8"))
    held.pop("hash")
    canonical = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if rulebook.hash != f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}":
        raise CaseError("rulebook", f"规则库 {path} 的内容和它写的指纹不符，可能被改过；请重新下载")
    return rulebook


def _rulebook(path: Path | Traversable) -> Rulebook:
    try:
        return Rulebook.load(json.loads(path.read_text(encoding="utf-8")))
    except OSError:
        raise CaseError("rulebook", f"找不到规则库 {path}；请先运行 make site 生成") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CaseError("rulebook", f"规则库 {path} 已损坏；请运行 make site 重新生成") from None


def _open(name: str) -> IO[bytes]:
    if name == "-":
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise CaseError("", f"打不开文件 {name}：{error.strerror}") from None


def _answers(text: str, rulebook: Rulebook) -> str:
    """One Case or an array of them to one Assessment or an array of them."""
    given = read_json(text)
    if not isinstance(given, list):
        return to_text(whole(Case.parse(given, rulebook), rulebook))
    made = []
    for index, one in enumerate(given):
        try:
            made.append(to_text(whole(Case.parse(one, rulebook), rulebook)))
        except CaseError as error:
            raise CaseError(f"{index}.{error.field}".rstrip("."), f"第 {index + 1} 个：{error.message}") from None
    return "[" + ",".join(made) + "]"


def _show(what: str, text: str, rulebook: Rulebook) -> None:
    """One Case as something else than its Assessment, byte for byte: a calendar's line ends are its own."""
    made = SHOWN[what][0](Case.parse(read_json(text), rulebook), rulebook)
    if made is not None:
        sys.stdout.buffer.write((made if made.endswith("\n") else f"{made}\n").encode())


def _stream(lines: IO[bytes], rulebook: Rulebook) -> int:
    for line in answer_lines(lines, rulebook):
        print(line, flush=True)
    return OK
