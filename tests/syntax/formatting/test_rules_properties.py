"""Any text that can be read, put in order: the same rules, the same comments, and no way to be more in order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.syntax.formatting.strategies import commented, mixed
from tests.syntax.strategies import rule_files as trees

from assessment.diagnostics.bilingual import Lang
from assessment.diagnostics.model import Source
from assessment.rewrite import in_order as rewritten
from assessment.semantics.canonical import canonical
from assessment.syntax import ast
from assessment.syntax.concrete import concrete, words_of
from assessment.syntax.formatting.languages import FormatLang
from assessment.syntax.parse import parse
from assessment.syntax.print import print_rules
from assessment.syntax.words import WORDS
from assessment.testing import rule_files

ANY = st.builds(print_rules, trees, st.sampled_from(["en", "zh"])) | mixed(trees)
LANGUAGES: tuple[FormatLang, ...] = ("keep", "en", "zh")
SEPARATORS = {"COMMA", "SEMICOLON"}
unhurried = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def in_order(text: str, lang: FormatLang = "keep") -> str:
    found, _ = rewritten(Source(name="made", text=text), lang)
    assert found is not None
    return found


def tree(text: str) -> ast.RuleFile:
    file, _ = parse(Source(name="made", text=text))
    assert file is not None
    return file


def read(text: str) -> list[str]:
    """The words of a text, but for those that only separate, and its comments, in order."""
    whole = concrete(Source(name="made", text=text))
    assert whole is not None
    found: list[str] = []
    held: list[str] = []
    for word in words_of(whole.root):
        held += [remark.text for remark in word.before]
        if word.terminal not in SEPARATORS:
            found += [*held, word.terminal]
            held = []
    return [*found, *held, *(remark.text for remark in whole.after)]


@unhurried
@given(commented(ANY))
def test_any_rules_keep_their_tree_words_and_comments(text: str) -> None:
    ordered = in_order(text)
    assert tree(ordered) == tree(text)
    assert read(ordered) == read(text)


def keywords(text: str) -> list[str]:
    """The keywords of a text as they are written, those with a singular in the plural."""
    whole = concrete(Source(name="made", text=text))
    assert whole is not None
    words = (word.text for word in words_of(whole.root) if word.terminal in WORDS)
    return [{"point": "points", "place": "places"}.get(word, word) for word in words]


@unhurried
@given(commented(ANY))
def test_each_keyword_keeps_its_spelling_where_no_language_is_asked_for(text: str) -> None:
    assert keywords(in_order(text)) == keywords(text)


@unhurried
@given(commented(ANY), st.sampled_from(LANGUAGES))
def test_putting_in_order_twice_changes_nothing_more(text: str, lang: FormatLang) -> None:
    once = in_order(text, lang)
    assert in_order(once, lang) == once


@unhurried
@given(commented(ANY), st.sampled_from([("zh", "en"), ("en", "zh")]))
def test_another_language_and_back_gives_the_same_text(text: str, way: tuple[Lang, Lang]) -> None:
    there, back = way
    once = in_order(text, there)
    other = in_order(once, back)
    assert in_order(other, there) == once
    assert canonical(tree(other)).body == canonical(tree(text)).body


@unhurried
@given(commented(rule_files()), st.sampled_from(LANGUAGES))
def test_rules_that_the_checker_accepts_say_the_same(text: str, lang: FormatLang) -> None:
    ordered = in_order(text, lang)
    assert canonical(tree(ordered)) == canonical(tree(text))
    assert in_order(ordered, lang) == ordered


@unhurried
@given(commented(rule_files()))
def test_accepted_rules_come_back_from_the_other_language(text: str) -> None:
    chinese = in_order(text, "zh")
    assert in_order(in_order(chinese, "en"), "zh") == chinese


@unhurried
@given(commented(ANY), st.sampled_from(["\r\n", "\r"]))
def test_ends_of_lines_stay_what_they_are(text: str, end: str) -> None:
    assert in_order(text.replace("\n", end)) == in_order(text).replace("\n", end)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_ends_in_blanks(lang: FormatLang) -> None:
    text = in_order("assessment a { // x  \n input a in 家 { } total 100 points }", lang)
    assert all(line == line.rstrip() for line in text.splitlines())
