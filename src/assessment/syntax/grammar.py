"""The parser that the grammar file describes, made once in each process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import lark
from attrs import frozen

from assessment.diagnostics.model import Source
from assessment.syntax.collector import collector_off
from assessment.syntax.machine import Machine, Method, Table, methods_in, table_of
from assessment.syntax.tables import grammar_texts, parser_from_tables

__all__ = ["Grammar", "build_parser", "grammar"]


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
    first: int
    last: int
    methods: frozenset[str]
    patterns: Mapping[str, str]

    def machine(self, source: Source, method_of: Callable[[str], Method]) -> Machine:
        """A parser at the beginning of a text; what builds a rule is asked for by the name of the rule or its alias."""
        methods = {name: method_of(name) for name in self.methods}
        return Machine(source, self.table, self.first, self.last, methods)


def build_parser() -> lark.Lark:
    """A new parser from the grammar that is shipped."""
    with collector_off():
        return lark.Lark(
            grammar_texts()["assessment.lark"],
            parser="lalr",
            lexer=_NoLexer,
            start="start",
            keep_all_tokens=True,
            maybe_placeholders=True,
            import_paths=[_load_import],
        )


@cache
def grammar() -> Grammar:
    """The parser of this process, built when it is first needed."""
    with collector_off():
        parser = parser_from_tables(_NoLexer) or build_parser()
    table, first, last = table_of(parser)
    return Grammar(
        table=table,
        first=first,
        last=last,
        methods=methods_in(table),
        patterns={terminal.name: terminal.pattern.to_regexp() for terminal in parser.terminals},
    )


def _load_import(base: Any, path: str) -> tuple[str, str]:
    """What `%import .units` in the grammar asks for."""
    del base
    return path, grammar_texts()[path]
