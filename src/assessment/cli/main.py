"""The entry point: arguments to a command, and errors to a message and an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from assessment.cli import commands
from assessment.cli.exits import BROKEN_PIPE, FAULT, FINDINGS, INTERRUPTED, USAGE
from assessment.cli.language import language
from assessment.errors import (
    AssessmentError,
    DataError,
    InternalError,
    MissingExtra,
    RulesError,
    UsageError,
)

DESCRIPTION = (
    "Score regions by a rule file, exactly, with every step on record. / 按规则文件精确计分，每一步可查。"
)
EPILOG = "exit codes / 退出码: 0 fine / 正常, 1 findings / 有问题, 2 wrong usage / 用法错误, 70 a fault of the program / 程序缺陷"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; `argv` is `sys.argv` without the program where it is not given. Gives the exit code."""
    _utf8_streams()
    arguments = parser().parse_args(argv)
    try:
        code = run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone, as `head` does. Nothing more can be written, not even what the buffer holds.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def run(arguments: argparse.Namespace) -> int:
    """Run the chosen command; every error that this package raises on purpose becomes a message."""
    try:
        code: int = arguments.run(arguments)
    except (RulesError, DataError) as error:
        from assessment.diagnostics import Severity, has_errors, render

        found = error.diagnostics
        if getattr(arguments, "quiet", False) and has_errors(found):
            found = tuple(one for one in found if one.severity is Severity.ERROR)
        print(render(found, language(arguments, error)), end="", file=sys.stderr)
        return FINDINGS
    except (UsageError, MissingExtra) as error:
        print(f"assessment: {error.in_(language(arguments))}", file=sys.stderr)
        return USAGE
    except InternalError as error:
        print(f"assessment: {error.in_(language(arguments))}", file=sys.stderr)
        wish = (
            "请把本命令、规则文件和数据一并报告给我们"
            if language(arguments) == "zh"
            else "please report it with the command, the rules and the data"
        )
        print(f"assessment: {wish}", file=sys.stderr)
        return FAULT
    except AssessmentError as error:
        print(f"assessment: {error.in_(language(arguments))}", file=sys.stderr)
        return FINDINGS
    return code


def parser() -> argparse.ArgumentParser:
    """The parser with every command; making it imports nothing that takes time."""
    found = argparse.ArgumentParser(
        prog="assessment", description=DESCRIPTION, epilog=EPILOG, formatter_class=_Help, allow_abbrev=False
    )
    found.add_argument("--version", action="version", version=f"assessment {_version()}")
    below = found.add_subparsers(metavar="COMMAND", required=True)
    for module in command_modules():
        one = below.add_parser(
            module.__name__.rpartition(".")[2],
            help=module.HELP,
            description=module.HELP,
            epilog=EPILOG,
            formatter_class=_Help,
            allow_abbrev=False,
        )
        module.add_arguments(one)
        one.set_defaults(run=module.run)
    return found


def command_modules() -> list[ModuleType]:
    """The modules of the commands, sorted by name."""
    names = sorted(info.name for info in iter_modules(commands.__path__))
    return [import_module(f"{commands.__name__}.{name}") for name in names]


class _Help(argparse.HelpFormatter):
    """Help of one width on every terminal, so that the reference page can be compared with it."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=100)

    def _format_action_invocation(self, action: argparse.Action) -> str:
        """Options with their value named once, as Python writes it from 3.13 on."""
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        value = self._format_args(action, self._get_default_metavar_for_optional(action))
        return f"{', '.join(action.option_strings)} {value}"


def _version() -> str:
    import assessment

    return assessment.__version__


def _utf8_streams() -> None:
    """Write UTF-8 whatever the locale; what cannot be encoded is escaped rather than fatal."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
