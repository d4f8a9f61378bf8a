"""The grammar stands alone: plain lark reads with it what the reader of this package reads."""

import logging
from functools import cache

import lark
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.syntax.strategies import rule_files

from assessment.diagnostics.model import Source
from assessment.syntax import ast
from assessment.syntax.build import tree_builder
from assessment.syntax.fold import fold
from assessment.syntax.grammar import _load_import, _NoLexer, grammar
from assessment.syntax.lexer import Lexer
from assessment.syntax.pieces import cut
from assessment.syntax.print import print_rules
from assessment.syntax.tables import grammar_texts
from assessment.syntax.words import WORDS, human_name, terminal_pattern

OWN_TERMINALS = {
    "INF",
    "QUANTIFIER",
    "COUNTED",
    "SCORE_READ",
    "RANK_READ",
    "CLAIMED_STATUS",
}  # the grammar adds what must follow, or signs


@cache
def contextual() -> lark.Lark:
    return lark.Lark(
        grammar_texts()["assessment.lark"], parser="lalr", lexer="contextual", import_paths=[_load_import]
    )


def own_terminals(text: str) -> list[str]:
    """The terminals that the reader of this package finds."""
    source = Source(name="text", text=text)
    folded, _ = fold(source)
    pieces, _ = cut(folded)
    lexer = Lexer(folded, pieces, grammar().patterns)
    machine = grammar().machine(source, tree_builder(source, []))
    found, number = [], 0
    while machine.result is None:
        state = machine.states[-1]
        token = lexer.read(number, state, machine.table[state])
        assert machine.take(token)
        found.append(token.terminal)
        number = token.after
    return found[:-1]


def plain_terminals(text: str) -> list[str]:
    """The terminals that lark's own contextual lexer finds."""
    folded, _ = fold(Source(name="text", text=text))
    parser = contextual().parse_interactive(folded.text)
    found = [token.type for token in parser.exhaust_lexer()]
    parser.feed_eof()
    return found


@given(rule_files, st.sampled_from(["en", "zh"]))
def test_plain_contextual_lark_finds_the_same_terminals(file: ast.RuleFile, lang: str) -> None:
    text = print_rules(file, lang)
    assert own_terminals(text) == plain_terminals(text)


def test_plain_contextual_lark_reads_the_examples(example_text: str) -> None:
    assert own_terminals(example_text) == plain_terminals(example_text)


def test_grammar_has_no_conflicts(caplog: pytest.LogCaptureFixture) -> None:
    # lark takes a shift where a reduction is possible too, and says so only when asked.
    with caplog.at_level(logging.DEBUG, logger=lark.logger.name):
        lark.Lark(
            grammar_texts()["assessment.lark"],
            parser="lalr",
            lexer=_NoLexer,
            debug=True,
            import_paths=[_load_import],
        )
    assert [record.message for record in caplog.records if "onflict" in record.message] == []


@pytest.mark.parametrize("terminal", sorted(set(WORDS) - OWN_TERMINALS))
def test_keyword_of_the_grammar_is_the_one_of_the_vocabulary(terminal: str) -> None:
    # lark writes `\\t` as the character itself
    assert grammar().patterns[terminal].replace("\t", r"\t") == terminal_pattern(terminal)


def test_every_terminal_has_a_name_for_people_in_both_languages() -> None:
    for terminal in set(grammar().patterns) - {"COMMENT", "BLANK", "ERROR"}:
        name = human_name(terminal)
        assert name.en
        assert name.zh
        assert terminal not in (name.en, name.zh)


def test_no_spelling_stands_for_two_things_in_one_place() -> None:
    for terminal, meanings in WORDS.items():
        spellings = [word for meaning in meanings for word in {*meaning.en, *meaning.zh}]
        assert len(spellings) == len(set(spellings)), terminal
