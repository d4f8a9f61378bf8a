import pytest

from assessment.diagnostics.model import Source, has_errors
from assessment.semantics.check import check
from assessment.syntax.parse import parse


def _parsed(text):
    file, found = parse(Source(name="rules.assess", text=text))
    assert file is not None
    assert not has_errors(found), [each.message for each in found]
    return file


@pytest.fixture
def parsed():
    """The tree of a text that is grammatical."""
    return _parsed


@pytest.fixture
def found():
    """The findings in a text, each as (code, text at its primary place)."""

    def of(text):
        _, diagnostics = check(_parsed(text))
        return [(each.code, each.span.text) for each in diagnostics]

    return of


@pytest.fixture
def rules_of():
    """The checked rules of a text without errors."""

    def of(text):
        rules, diagnostics = check(_parsed(text))
        assert rules is not None, [each.message for each in diagnostics]
        return rules

    return of


@pytest.fixture
def scheme():
    """A small scheme of 10 points, with parts of it replaced."""

    def of(
        *,
        total="total 10 points",
        round="round none",
        policies="policies { missing: error; not applicable: full; undefined: zero; all equal: full; ties: min }",
        rank="rank none",
        inputs="input x in yuan { range >= 0 }",
        score="attain(x, target: 5 yuan)",
        indicator="",
        more="",
        language="assessment",
    ):
        tree = indicator or f"indicator 1 10 points {{ score = {score} }}"
        return f"{language} s for 2018 {{\n{total}\n{round}\n{policies}\n{rank}\n{inputs}\n{more}\n{tree}\n}}"

    return of
