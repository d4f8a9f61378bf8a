"""The tables that were built ahead are those of the grammar, and give the same trees."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assessment.diagnostics.model import Source
from assessment.syntax import grammar, tables
from assessment.syntax.parse import parse

DATA = Path(__file__).parent / "data"


def test_the_tables_are_those_of_the_grammar() -> None:
    ahead = tables.parser_from_tables(grammar._NoLexer)
    assert ahead is not None, "run `python -m assessment.syntax.generate`"
    built = grammar.build_parser()
    assert {str(rule) for rule in ahead.rules} == {str(rule) for rule in built.rules}
    assert {each.name: each.pattern.to_regexp() for each in ahead.terminals} == {
        each.name: each.pattern.to_regexp() for each in built.terminals
    }


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_tables_are_written_alike_in_every_process(seed: str) -> None:
    program = (
        "from assessment.syntax import grammar, tables\n"
        "import sys\n"
        "sys.stdout.buffer.write(tables.tables_of(grammar.build_parser()).encode())"
    )
    written = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert written.stdout.decode() == tables._text(tables.NAME), "run `python -m assessment.syntax.generate`"


@pytest.mark.parametrize("name", ["everything-en.assess", "everything-zh.assess"])
def test_both_parsers_give_the_same_tree(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(name=name, text=(DATA / name).read_text(encoding="utf-8"))
    ahead = parse(source)
    monkeypatch.setattr(grammar, "parser_from_tables", lambda *_: None)
    grammar.grammar.cache_clear()
    try:
        built = parse(source)
    finally:
        grammar.grammar.cache_clear()
    assert ahead == built
    assert ahead[0] is not None


@pytest.mark.parametrize("lark_version", ["0.0.1"])
def test_tables_of_another_release_are_not_used(lark_version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables.lark, "__version__", lark_version)
    assert tables.parser_from_tables(grammar._NoLexer) is None


def test_tables_of_another_grammar_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = tables.grammar_texts()
    monkeypatch.setattr(tables, "grammar_texts", lambda: {**texts, "units.lark": texts["units.lark"] + "\n"})
    assert tables.parser_from_tables(grammar._NoLexer) is None
