"""The generated table and terminal, against pint."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from lark import Lark, Token
from lark.exceptions import UnexpectedInput

from assessment.units import known_units, unit
from assessment.units.generate import grammar_text, registry, root_of, table_text

ROOT = Path(__file__).parents[2]
GRAMMAR = ROOT / "grammar" / "units.lark"


def test_the_table_is_what_pint_computes() -> None:
    assert (ROOT / "src/assessment/units/table.py").read_text(encoding="utf-8") == table_text()


def test_the_terminal_is_current() -> None:
    assert GRAMMAR.read_text(encoding="utf-8") == grammar_text()


@pytest.mark.slow
def test_pint_agrees_on_every_word_with_every_prefix() -> None:
    known = registry()
    wrong = [
        word for word in known_units() if root_of(known, word) != (unit(word).dimension, unit(word).factor)
    ]
    assert wrong == []


@pytest.fixture(scope="module")
def lexer() -> Lark:
    grammar = """
    start: (NUMBER UNIT? ("/" NAME)?  ";")+
    %import .units (UNIT)
    NUMBER: /[0-9.]+/
    NAME: /[^\\W\\d]\\w*/
    %ignore " "
    """
    return Lark(grammar, parser="lalr", import_paths=[str(GRAMMAR.parent)])


def tokens(lexer: Lark, text: str) -> list[tuple[str, str]]:
    found = lexer.parse(text).scan_values(lambda value: isinstance(value, Token))
    return [(token.type, str(token)) for token in found]


@pytest.mark.parametrize(
    "text", ["亿元", "件/万人", "微克／立方米", "$", "PPP$", "个月", "元/人/年", "人·年", "km2", "千瓦时"]
)
def test_a_glued_unit_is_one_token(lexer: Lark, text: str) -> None:
    assert tokens(lexer, f"12 {text};") == [("NUMBER", "12"), ("UNIT", text)]
    assert tokens(lexer, f"12{text};") == [("NUMBER", "12"), ("UNIT", text)]


def test_a_slash_before_a_name_divides(lexer: Lark) -> None:
    expected = [("NUMBER", "12"), ("UNIT", "亿元"), ("NAME", "gdp")]
    assert tokens(lexer, "12 亿元 / gdp;") == expected
    assert tokens(lexer, "12 亿元/gdp;") == expected
    assert tokens(lexer, "12 亿元/人均;") == [("NUMBER", "12"), ("UNIT", "亿元"), ("NAME", "人均")]


@pytest.mark.parametrize("text", ["亿元人", "m_", "personsx", "家a", "km3", "件2"])
def test_a_unit_ends_where_no_letter_or_digit_follows(lexer: Lark, text: str) -> None:
    with pytest.raises(UnexpectedInput):
        lexer.parse(f"3 {text};")


def test_every_known_word_is_one_token() -> None:
    word = re.search(r"^_UNIT_WORD: /(.*)/$", GRAMMAR.read_text(encoding="utf-8"), re.MULTILINE)
    assert word is not None
    pattern = re.compile(word[1] + r"(?!\w)")
    assert all(pattern.fullmatch(name) for name in known_units())


def test_matching_takes_linear_time(lexer: Lark) -> None:
    many = "/".join(["千克"] * 100_000)
    start = time.perf_counter()
    assert tokens(lexer, f"3 {many}/x_;") == [("NUMBER", "3"), ("UNIT", many), ("NAME", "x_")]
    assert time.perf_counter() - start < 2
