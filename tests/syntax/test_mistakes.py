import re

import pytest

from assessment.diagnostics.model import Source, Span
from assessment.syntax.mistakes import MISTAKES, Mistake, mistake_in
from assessment.syntax.parse import _Reader, parse

UPPER_CASE_WORD = re.compile(r"\b[A-Z]{3,}\b")


def whole(mistake: Mistake) -> str:
    if mistake.whole:
        return mistake.snippet
    return f"assessment a for 2018 {{\nround none\n{mistake.snippet}\nlet z = 1\nlet w = 2 in %\n}}\n"


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_snippet_of_a_mistake_gets_its_own_message(mistake: Mistake, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    situation_of = _Reader._situation

    def record(self, lexeme, expected, repair):
        situation = situation_of(self, lexeme, expected, repair)
        seen.append(mistake_in(situation).name)
        return situation

    monkeypatch.setattr(_Reader, "_situation", record)
    parse(Source(name="snippet", text=whole(mistake)))
    assert mistake.name in seen


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_snippet_of_a_mistake_gets_one_finding_at_its_line(mistake: Mistake) -> None:
    _, found = parse(Source(name="snippet", text=whole(mistake)))
    (only,) = found
    assert only.code == mistake.code
    assert isinstance(only.span, Span)
    lines = range(1, 2) if mistake.whole else range(3, 5)
    assert only.span.line in lines


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_message_is_a_sentence_for_people_in_both_languages(mistake: Mistake) -> None:
    _, found = parse(Source(name="snippet", text=whole(mistake)))
    for text in (found[0].message_text, found[0].help):
        if text is None:
            continue
        assert text.en[0].islower() or text.en[0] in "`0123456789"
        assert not text.en.endswith(".")
        assert not text.zh.endswith("。")
        assert not UPPER_CASE_WORD.search(text.en.replace("NAME", "").replace("YEAR", ""))
        assert re.search(r"[\u4e00-\u9fff]", text.zh)


def test_names_of_mistakes_are_different() -> None:
    names = [mistake.name for mistake in MISTAKES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("written", "meant"),
    [("记分 = x", "计分"), ("得分 = x", "计分"), ("负责 ip", "责任"), ("等级 良好", "等次")],
)
def test_word_that_people_use_for_a_statement_leads_to_the_statement(written: str, meant: str) -> None:
    text = f"考核 a 年度 2018 {{\n指标 1 “甲” 10 分 {{\n{written}\n}}\n}}\n"
    _, found = parse(Source(name="snippet", text=text))
    assert [one.help.zh for one in found if one.help is not None] == [f"请写 `{meant}`"]


def test_year_of_two_digits_is_reported_at_the_year() -> None:
    _, found = parse(Source(name="snippet", text="assessment a for 18 {\n}\n"))
    assert [(one.code, one.span.text) for one in found] == [("syntax-error", "18")]
