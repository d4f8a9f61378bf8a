"""A rule file read, printed and read again is the same tree, in both languages."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from assessment.diagnostics.bilingual import Lang
from assessment.diagnostics.model import Source
from assessment.semantics.canonical import canonical
from assessment.syntax import ast
from assessment.syntax.parse import parse
from assessment.syntax.print import print_rules
from assessment.testing.files import TEMPLATES, Scheme, Template, scheme_of, schemes

LANGUAGES: tuple[Lang, ...] = ("en", "zh")


def tree_of(text: str) -> ast.RuleFile:
    file, found = parse(Source(name="law.assess", text=text))
    assert found == ()
    assert file is not None
    return file


def said(file: ast.RuleFile) -> tuple[Any, ...]:
    """What a file says, whatever the language and comments it is written with."""
    return (file.name, file.year, file.title, file.body)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda template: f"{template.method}-{template.text[:40]}"
)
def test_printed_template_is_read_back_as_the_same_tree(template: Template, lang: Lang) -> None:
    tree = tree_of(scheme_of([[[template]]]).text)
    assert said(tree_of(print_rules(tree, lang))) == said(tree)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(schemes())
def test_printed_rules_are_read_back_as_the_same_tree(scheme: Scheme) -> None:
    tree = tree_of(scheme.text)
    for lang in LANGUAGES:
        assert said(tree_of(print_rules(tree, lang))) == said(tree)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(schemes())
def test_canonical_form_is_reached_in_one_step(scheme: Scheme) -> None:
    once = canonical(tree_of(scheme.text))
    assert canonical(once) == once


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(schemes())
def test_printing_twice_gives_the_same_text(scheme: Scheme) -> None:
    for lang in LANGUAGES:
        text = print_rules(tree_of(scheme.text), lang)
        assert print_rules(tree_of(text), lang) == text
