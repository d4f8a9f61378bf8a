"""`assessment fmt`: rule files in order."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from assessment.cli.exits import FINDINGS, FINE, USAGE
from assessment.cli.inputs import STANDARD_INPUT, standard_bytes
from assessment.cli.language import language
from assessment.cli.outputs import rewrite_bytes
from assessment.errors import UsageError

if TYPE_CHECKING:
    from assessment.diagnostics.model import Diagnostic
    from assessment.syntax.formatting.languages import FormatLang

HELP = (
    "put rule files in order: layout, columns, and the language if asked / 整理规则文件的版式，也可转换中英文"
)
_ENDING = ".assess"


def add_arguments(parser: ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="rule file, folder of them, or - for standard input / 规则文件或其文件夹，- 表示标准输入",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; fail if a file is not in order / 不写文件，有文件需整理则视为不通过",
    )
    parser.add_argument(
        "--diff",
        action="store_true",
        help="write nothing; show what would change / 不写文件，只显示改动",
    )
    parser.add_argument(
        "--lang",
        dest="written",
        choices=("zh", "en", "keep"),
        default="keep",
        help="language of keywords and methods; as written by default / 关键词和方法名的语言，默认保持原样",
    )


def run(arguments: Namespace) -> int:
    """Put the files in order; a file with errors is left alone, and the others are done."""
    code = FINE
    for name in _names(arguments.files):
        one = _put_in_order(name, arguments.written)
        if one.text is None:
            _say(one, arguments)
            code = max(code, FINDINGS)
            continue
        if arguments.diff and one.changed:
            sys.stdout.writelines(_diff(one))
        if arguments.check:
            code = max(code, FINDINGS if one.changed else FINE)
            if one.changed and not arguments.diff:
                _tell(one, arguments, f"{name}: not in order", f"{name}：需整理")
        elif not arguments.diff:
            try:
                _write(one, arguments)
            except UsageError as error:
                _tell(one, arguments, error.en, error.zh)
                code = USAGE
    return code


@frozen(kw_only=True)
class _Ordered:
    """A file before and after; without `text` it could not be read, for what was `found`."""

    name: str
    before: str = ""
    text: str | None = None
    encoding: str = "utf-8"
    found: tuple[Diagnostic, ...] = ()

    @property
    def changed(self) -> bool:
        return self.text != self.before


def _names(files: Sequence[str]) -> Iterator[str]:
    """The files that are named, and those in folders, in order."""
    for name in files:
        if name != STANDARD_INPUT and Path(name).is_dir():
            yield from (str(path) for path in sorted(Path(name).rglob(f"*{_ENDING}")) if path.is_file())
        else:
            yield name


def _put_in_order(name: str, lang: FormatLang) -> _Ordered:
    from assessment.rewrite import in_order
    from assessment.syntax.source import decode_source, encoding_of, read_source

    if name == STANDARD_INPUT:
        data = standard_bytes()
        source, found = decode_source(data, "<stdin>")
    else:
        source, found = read_source(name)
        data = b"" if source is None else Path(name).read_bytes()
    if source is None:
        return _Ordered(name=name, found=found)
    text, found = in_order(source, lang)
    encoding = encoding_of(data) or "utf-8"
    return _Ordered(name=name, before=source.text, text=text, encoding=encoding, found=found)


def _diff(one: _Ordered) -> Iterator[str]:
    from difflib import unified_diff

    before, after = (text.removesuffix("\n").split("\n") for text in (one.before, one.text or ""))
    for line in unified_diff(before, after, one.name, one.name, lineterm=""):
        yield line + "\n"


def _write(one: _Ordered, arguments: Namespace) -> None:
    data = (one.text or "").encode(one.encoding)
    if one.name == STANDARD_INPUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    if one.changed:
        rewrite_bytes(data, one.name)
        _tell(one, arguments, f"{one.name}: put in order", f"{one.name}：已整理")


def _say(one: _Ordered, arguments: Namespace) -> None:
    from assessment.diagnostics import render

    print(render(one.found, language(arguments, text=one.before)), end="", file=sys.stderr)


def _tell(one: _Ordered, arguments: Namespace, en: str, zh: str) -> None:
    print(zh if language(arguments, text=one.before) == "zh" else en, file=sys.stderr)
