"""The parser that the grammar file describes, made once in each process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import lark
from attrs import frozen

from assessment.syntax.build import tree_builder
from assessment.syntax.collector import collector_off
from assessment.syntax.machine import Machine, Table, table_of
from assessment.syntax.tables import grammar_texts, parser_from_tables

__all__ = ["Grammar", "build_parser", "grammar", "grammar_of_words"]


class _NoLexer(lark.lexer.Lexer):
    """Stands where lark wants a lexer; `lexer.Lexer` does the work and feeds the parser."""

    def __init__(self, conf: object) -> None:
        del conf

    def lex(self, lexer_state: object, parser_state: object) -> Iterator[lark.Token]:
        del lexer_state, parser_state
        return iter(())


@frozen(kw_only=True)
class Grammar:
    """A built parser, as a table with its first and last state, and the patterns of the grammar's terminals by name."""

    table: Table
    start: int
    end: int
    patterns: Mapping[str, str]

    def machine(self) -> Machine:
        """A parser at the beginning of a text."""
        return Machine(self.table, self.start, self.end)


def build_parser() -> lark.Lark:
    """A new parser from the grammar that is shipped, which builds the tree while it reads."""
    with collector_off():
        return _build(tree_builder())


def _build(builder: object) -> lark.Lark:
    return lark.Lark(
        grammar_texts()["assessment.lark"],
        parser="lalr",
        lexer=_NoLexer,
        start="start",
        # Builder methods get every token: the first and the last one give the place.
        keep_all_tokens=True,
        maybe_placeholders=True,
        transformer=builder,
        import_paths=[_load_import],
    )


@cache
def grammar() -> Grammar:
    """The parser of this process, built when it is first needed."""
    return _grammar(tree_builder())


@cache
def grammar_of_words() -> Grammar:
    """The same parser, which builds nothing of its own: a text becomes lark's trees, with every word that was written."""
    return _grammar(None)


def _grammar(builder: object) -> Grammar:
    with collector_off():
        parser = parser_from_tables(_NoLexer, builder) or _build(builder)
    table, start, end = table_of(parser)
    return Grammar(
        table=table,
        start=start,
        end=end,
        patterns={terminal.name: terminal.pattern.to_regexp() for terminal in parser.terminals},
    )


def _load_import(base: Any, path: str) -> tuple[str, str]:
    """What `%import .units` in the grammar asks for."""
    del base
    return path, grammar_texts()[path]
