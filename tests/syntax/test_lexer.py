import pytest

from assessment.diagnostics.model import Source
from assessment.syntax.fold import fold
from assessment.syntax.grammar import grammar
from assessment.syntax.lexer import Lexer, Token, keyword_of
from assessment.syntax.pieces import cut


def token(text: str, *accepts: str) -> Token:
    folded, _ = fold(Source(name="t", text=text))
    lexer = Lexer(folded, cut(folded)[0], grammar().patterns)
    return lexer.read(0, -1, dict.fromkeys(accepts))


def terminal(text: str, *accepts: str) -> tuple[str, str]:
    found = token(text, *accepts)
    return found.terminal, found.text


def test_keyword_wins_over_a_name() -> None:
    assert terminal("total", "TOTAL", "NAME") == ("TOTAL", "total")
    assert terminal("total", "NAME") == ("NAME", "total")


def test_longest_keyword_wins() -> None:
    assert terminal("not  applicable x", "NOT", "IS") == ("IS", "not applicable")
    assert terminal("not y", "NOT", "IS") == ("NOT", "not")


def test_keyword_of_several_words_takes_its_pieces() -> None:
    assert token("key total x", "KEY_TOTAL").after == 2
    assert token("half-up to", "MODE").after == 3


def test_keyword_needs_its_end() -> None:
    assert terminal("totals", "TOTAL", "NAME") == ("NAME", "totals")
    assert terminal("half-upper", "MODE", "NAME") == ("NAME", "half")


@pytest.mark.parametrize(
    ("text", "unit"), [("件/万人 x", "件/万人"), ("万元／人", "万元/人"), ("$)", "$"), ("km²", "km2")]
)
def test_unit_is_one_terminal_in_usual_characters(text: str, unit: str) -> None:
    assert terminal(text, "UNIT") == ("UNIT", unit)


def test_what_cannot_stand_is_given_as_what_it_would_be_elsewhere() -> None:
    assert terminal("total", "NUMBER")[0] == "TOTAL"
    assert terminal("foo", "NUMBER")[0] == "NAME"
    assert terminal("@", "NUMBER")[0] == "UNKNOWN"


def test_quantifier_is_one_only_before_what_it_counts() -> None:
    assert terminal("all indicator", "QUANTIFIER", "NAME")[0] == "QUANTIFIER"
    assert terminal("全部※", "QUANTIFIER", "NAME")[0] == "QUANTIFIER"
    assert terminal("全部）", "QUANTIFIER", "NAME")[0] == "NAME"


def test_signs_of_other_languages_are_read_with_a_finding() -> None:
    found = token(":=", "EQUALS")
    assert found.terminal == "EQUALS"
    assert found.finding is not None


def test_words_that_begin_a_statement_are_known() -> None:
    assert keyword_of("指标") == "INDICATOR"
    assert keyword_of("left") == "LEFT_OUT"
    assert keyword_of("rate") is None


def test_a_name_in_other_characters_is_reported_beside_the_same_in_usual_ones() -> None:
    folded, _ = fold(Source(name="t", text="ab ａｂ ab"))
    lexer = Lexer(folded, cut(folded)[0], grammar().patterns)
    found = [lexer.read(number, 7, {"NAME"}) for number in range(3)]
    assert [each.text for each in found] == ["ab", "ab", "ab"]
    assert [each.finding is not None for each in found] == [False, True, False]


def test_what_a_word_is_depends_on_what_follows_each_time_anew() -> None:
    folded, _ = fold(Source(name="t", text="all indicator all x not applicable not y"))
    lexer = Lexer(folded, cut(folded)[0], grammar().patterns)
    accepts = {"QUANTIFIER", "NAME", "NOT", "IS"}
    assert [lexer.read(number, 7, accepts).terminal for number in (0, 2, 4, 6)] == [
        "QUANTIFIER",
        "NAME",
        "IS",
        "NOT",
    ]


def test_a_text_is_no_keyword_of_the_same_letters() -> None:
    folded, _ = fold(Source(name="t", text='total "total"'))
    lexer = Lexer(folded, cut(folded)[0], grammar().patterns)
    assert [lexer.read(number, 7, {"TOTAL", "STRING"}).terminal for number in (0, 1)] == ["TOTAL", "STRING"]
