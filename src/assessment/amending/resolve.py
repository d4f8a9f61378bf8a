"""An amended file and the file that amends it → one plain tree.

First everything that the amendment says is looked up in the amended file (`collect`), then one walk over that file does
it all (`apply`). A statement that can stand once takes the place of the one that is there; any other is added.
"""

from __future__ import annotations

from attrs import evolve

from assessment.amending.apply import apply
from assessment.amending.collect import AMENDING, collected
from assessment.amending.edits import Edits
from assessment.amending.identity import walk
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic
from assessment.syntax import ast

__all__ = ["misplaced", "resolved", "with_origins"]

_OF_ONE_FILE = (ast.Valid, ast.Example)
"""What a file says of itself alone: it is not taken over."""


def with_origins(file: ast.RuleFile, number: int) -> ast.RuleFile:
    """A file whose indicators know where they come from: those that do not yet are of the file with this number."""

    def known(body: tuple[ast.Statement, ...]) -> tuple[ast.Statement, ...]:
        return tuple(one(each) for each in body)

    def one(each: ast.Statement) -> ast.Statement:
        if isinstance(each, ast.Category):
            return evolve(each, body=known(each.body))
        if isinstance(each, ast.Indicator) and each.origin is None:
            return evolve(each, origin=ast.Origin(file=number, number=each.number))
        return each

    return evolve(file, body=known(file.body))


def resolved(base: ast.RuleFile, amending: ast.RuleFile) -> tuple[ast.RuleFile, tuple[Diagnostic, ...]]:
    """The plain tree of an amendment of a plain tree, and what is wrong with the amendment.

    What is left out for a fault leaves the tree as it was; with errors the tree is for further findings only.
    """
    inherited = tuple(one for one in base.body if not isinstance(one, _OF_ONE_FILE))
    base = evolve(base, body=inherited)
    edits = collected(base, amending.body)
    body = apply(base, edits)
    whole = evolve(amending, body=body, amends=None, title=amending.title or base.title)
    return whole, (*edits.found, *misplaced(whole))


def misplaced(file: ast.RuleFile) -> tuple[Diagnostic, ...]:
    """The findings for statements that amend something where nothing is amended."""
    edits = Edits()
    for _, one in walk(file.body):
        if isinstance(one, AMENDING):
            edits.report(
                "amendment-misplaced",
                Text(
                    en="nothing is amended here, so nothing can be changed, added or removed",
                    zh="此处没有修订任何文件，不能写修改、增加或删除",
                ),
                one.span,
                help=Text(
                    en='write the statement as it should be, or name the amended file in the head: `amends "…"`',
                    zh="请直接写应有的语句，或在文件开头写明所修订的文件：`修订 “…”`",
                ),
            )
    return tuple(edits.found)
