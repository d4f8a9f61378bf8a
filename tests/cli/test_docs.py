"""The reference page of the command line is made from the parser, so it says what `--help` says."""

import argparse
from collections.abc import Callable, Iterator

from assessment.cli.main import command_modules, parser

HEAD = """# The command line

`assessment COMMAND …`, or `python -m assessment COMMAND …`. This page is made from the commands themselves
(`pytest tests/cli --regenerate`).

Results depend on no locale, clock or environment. The language of an answer is that of the rule file unless `--lang`
says otherwise. A file is written whole or not at all; CSV files begin with a byte order mark, by which spreadsheets
know UTF-8, and CSV on standard output does not. `-` in the place of a file is standard input. Warnings and notes go to
standard error; progress is shown there only on a terminal, and only on what takes more than a second.

| exit code | meaning |
|---|---|
| 0 | fine |
| 1 | findings: the rules or the data have errors, or, under `--strict`, warnings; a published figure is contradicted |
| 2 | wrong usage, such as an unknown region or a file that cannot be written |
| 70 | a fault of the program; please report it |
| 130, 141 | interrupted; the reader of the output has gone |
"""


def subparsers() -> dict[str, argparse.ArgumentParser]:
    (action,) = [one for one in parser()._actions if isinstance(one, argparse._SubParsersAction)]
    return dict(action.choices)


def documented(action: argparse.Action) -> tuple[str, str]:
    value = action.metavar or ("{" + ",".join(map(str, action.choices)) + "}" if action.choices else None)
    names = ", ".join(action.option_strings) or str(value)
    if action.option_strings and action.nargs != 0:
        names += f" {value}"
    needed = " (required)" if action.required and action.option_strings else ""
    return f"`{names}`{needed}", (action.help or "").replace("|", "\\|")


def page() -> Iterator[str]:
    yield HEAD
    for name, one in sorted(subparsers().items()):
        yield f"## `assessment {name}`\n\n{one.description}\n\n| argument | |\n|---|---|"
        for action in one._actions:
            yield "| {} | {} |".format(*documented(action))
        yield ""


def test_reference_page_says_what_the_commands_take(golden: Callable[[str, str], None]) -> None:
    golden("docs/reference/cli.md", "\n".join(page()))


def test_every_command_and_option_explains_itself_in_both_languages() -> None:
    for name, one in subparsers().items():
        texts = [one.description or ""] + [
            action.help or "" for action in one._actions if action.dest != "help"
        ]
        assert all(" / " in text for text in texts), name


def test_commands_are_those_of_the_folder() -> None:
    names = [module.__name__.rpartition(".")[2] for module in command_modules()]
    assert names == ["check", "diff", "explain", "fmt", "reconcile", "schema", "score", "show", "test"]
