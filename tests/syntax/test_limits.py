import pytest

from assessment.diagnostics.model import Diagnostic, Source, Span
from assessment.syntax import ast
from assessment.syntax.limits import MAX_CHARACTERS, MAX_DEPTH, MAX_LINE
from assessment.syntax.parse import parse


def read(text: str) -> tuple[ast.RuleFile | None, tuple[Diagnostic, ...]]:
    return parse(Source(name="t", text=text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty-file"),
        (" \r\n\t\ufeff", "empty-file"),
        ("// only a comment\n", "empty-file"),
        ("\u200b", "empty-file"),
        ("assessment a {\0}", "not-text"),
        ("x\n" * (MAX_CHARACTERS // 2 + 1), "file-too-large"),
        ("; " * 1_000_001, "line-too-long"),
        (";\n" * 1_000_001, "file-too-large"),
        ("a\n" + " " * (MAX_LINE + 1), "line-too-long"),
    ],
    ids=range(9),
)
def test_what_is_no_rule_file_is_refused(text: str, code: str) -> None:
    file, found = read(text)
    assert file is None
    assert found[-1].code == code


def test_longest_line_is_read() -> None:
    text = "assessment a { }"
    _, found = read(text + " " * (MAX_LINE - len(text)))
    assert found == ()


def test_line_that_is_too_long_is_named() -> None:
    _, (found,) = read("a\nb\n" + "x" * (MAX_LINE + 1))
    assert isinstance(found.span, Span)
    assert found.span.line == 3


def nested(depth: int) -> str:
    # the braces of the file are one level
    return f"assessment a {{ let x = {'(' * (depth - 1)}1{')' * (depth - 1)} }}"


def test_deepest_nesting_is_read() -> None:
    _, found = read(nested(MAX_DEPTH))
    assert found == ()


def test_deeper_nesting_is_refused_at_its_bracket() -> None:
    file, (found,) = read(nested(MAX_DEPTH + 1))
    assert file is None
    assert found.code == "nesting-too-deep"
    assert isinstance(found.span, Span)
    # 23 characters stand before the first of 200 parentheses; the last of them is one too deep
    assert (found.span.start, found.span.text) == (23 + MAX_DEPTH - 1, "(")


def test_tree_is_no_deeper_than_the_limit_either() -> None:
    # each step makes five levels: call, argument, sum, term, and the negation inside
    text = "f(1 + -" * 60 + "x" + ")" * 60
    file, (found,) = read(f"assessment a {{ let x = {text} }}")
    assert file is None
    assert found.code == "nesting-too-deep"


def test_number_of_sixty_digits_is_the_longest() -> None:
    _, found = read(f"assessment a {{ let x = {'1' * 60} }}")
    assert found == ()
    _, found = read(f"assessment a {{ let x = {'1' * 61} }}")
    assert [d.code for d in found] == ["number-too-large"]
