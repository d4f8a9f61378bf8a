"""Methods that a rule file defines: typed through the call, no recursion, no blow-up."""

from fractions import Fraction

import pytest

from assessment.core import nodes as n
from assessment.core.bounds import analyse
from assessment.core.walk import order
from assessment.diagnostics.model import Source
from assessment.semantics.check import check
from assessment.semantics.limits import check_limits
from assessment.semantics.own_methods import MOST_BODIES
from assessment.syntax.parse import parse

LINTS = {"no-authority", "no-owner", "no-clause"}


@pytest.fixture
def found(found):
    """The findings in a text without those about departments and documents."""
    return lambda text: [one for one in found(text) if one[0] not in LINTS]


def findings_of(text):
    file, found = parse(Source(name="rules.assess", text=text))
    assert found == ()
    return check(file)[1]


def test_body_is_typed_with_the_types_of_the_arguments(found, scheme):
    inputs = "input x in yuan { range >= 0 }\ninput y in persons { range >= 0 }"
    more = "method near(a, b) = attain(a, target: b)"
    assert found(scheme(inputs=inputs, more=more, score="near(x, b: 5 yuan)")) == [("unused-input", "y")]
    assert ("unit-mismatch", "b") in found(scheme(inputs=inputs, more=more, score="near(x, y)"))


def test_mistake_by_the_arguments_points_at_the_body_and_names_the_call(scheme):
    more = "method near(a, b) = attain(a, target: b)"
    (clash,) = (
        one
        for one in findings_of(scheme(more=more, score="near(x, b: 5 persons)"))
        if one.code == "unit-mismatch"
    )
    assert [(label.place.text, label.primary) for label in clash.labels] == [
        ("b", True),
        ("a", False),
        ("5 persons", False),
        ("x", False),
        ("near", False),
    ]


def test_mistake_of_the_body_itself_is_reported_once_and_without_a_call(scheme):
    more = "method wrong(a) = attin(a, target: 5 yuan)"
    tree = "indicator 1 5 points = wrong(x)\nindicator 2 5 points = wrong(x)"
    (unknown,) = (
        one
        for one in findings_of(scheme(more=more, indicator=tree, total="total 10 points"))
        if one.code == "unknown-method"
    )
    assert [label.place.text for label in unknown.labels] == ["attin"]


def test_the_same_mistake_by_two_calls_is_reported_once(found, scheme):
    more = "method near(a) = attain(a, target: 5 persons)"
    tree = "indicator 1 5 points = near(x)\nindicator 2 5 points = near(x)"
    codes = [code for code, _ in found(scheme(more=more, indicator=tree))]
    assert codes.count("unit-mismatch") == 1


@pytest.mark.parametrize(
    ("more", "calls"),
    [
        ("method f(a) = f(a)", "f"),
        ("method f(a) = g(a)\nmethod g(a) = f(a)", "f"),
        ("method f(a) = attain(a, target: g(a))\nmethod g(a) = h(a)\nmethod h(a) = f(a)", "f"),
        ("method f(a, b = f(5 yuan)) = attain(a, target: b)", "f"),
    ],
)
def test_method_that_calls_itself_is_refused(found, scheme, more, calls):
    assert found(scheme(more=more, score="f(x)")) == [("recursive-method", calls)]


def test_chain_of_a_recursion_is_told(scheme):
    more = "method f(a) = g(a)\nmethod g(a) = f(a)"
    (recursion,) = (
        one for one in findings_of(scheme(more=more, score="f(x)")) if one.code == "recursive-method"
    )
    assert recursion.message == "`f` is defined through itself: `f` calls `g` calls `f`"


def test_names_that_are_taken_are_refused(found, scheme):
    more = "method attain(a) = a\nmethod 达标(a) = a\nmethod target(a) = a\nmethod x(a) = a\nmethod f(x) = x"
    taken = [(code, text) for code, text in found(scheme(more=more)) if code == "duplicate-name"]
    assert taken == [("duplicate-name", name) for name in ("attain", "达标", "target", "x", "x")]


def test_two_parameters_that_only_letter_case_tells_apart_are_refused(found, scheme):
    more = "method near(a, B, b = 5 yuan) = attain(a, target: B) + attain(a, target: b)"
    assert found(scheme(more=more, score="near(x, 3 yuan, b: 5 yuan)")) == [("duplicate-name", "b = 5 yuan")]


def test_two_methods_that_only_letter_case_tells_apart_are_refused(scheme):
    """A call could mean either: names of methods are compared without case."""
    more = "method near(a) = attain(a, target: 5 yuan)\nmethod Near(a) = attain(a, target: 7 yuan)"
    found = [one for one in findings_of(scheme(more=more, score="NEAR(x)")) if one.code == "duplicate-name"]
    assert [(one.span.text, one.span.line) for one in found] == [("Near", 8)]


def test_default_and_named_arguments_are_those_of_the_definition(rules_of, scheme):
    more = "method near(a, b = 7 yuan, cap = 130%) = attain(a, target: b, cap: cap)"
    formula = rules_of(scheme(more=more, score="near(x, cap: 90%)")).tree.children[0].formula
    constants = {node.value for node, _ in order((formula,)) if isinstance(node, n.Const)}
    assert constants == {0, 7, Fraction(9, 10)}


def test_unknown_parameter_gets_the_nearest_name(scheme):
    more = "method near(a, limit) = attain(a, target: limit)"
    (unknown,) = (
        one
        for one in findings_of(scheme(more=more, score="near(x, limt: 5 yuan)"))
        if one.code == "unknown-parameter"
    )
    assert unknown.help.en == "did you mean `limit`?"


def test_word_of_choice_goes_through_two_methods(rules_of, found, scheme):
    more = "method f(a, b) = g(a, way: b)\nmethod g(a, way) = attain(a, target: 5 yuan, better: way)"
    rules = rules_of(scheme(more=more, score="f(x, lower)"))
    # Lower is better: the target stands above, so the graph chooses where nothing is left.
    assert any(isinstance(node, n.Select) for node, _ in order((rules.tree.children[0].formula,)))
    assert ("argument-kind", "lowr") in found(scheme(more=more, score="f(x, lowr)"))


STEPS = """\
method steps(a, top = none) = every(a, each: 5 yuan, gain: 1 points, most: top, counting: whole)
method 步进（数，顶）= steps(数, top: 顶)
"""


UNUSED = ("unused-method", "步进")


@pytest.mark.parametrize(
    ("score", "most"),
    [("steps(x)", None), ("steps(x, none)", None), ("步进(x, 不限)", None), ("steps(x, 3 points)", 3)],
)
def test_limit_that_is_not_set_goes_through_a_method(rules_of, scheme, score, most):
    rules = rules_of(scheme(more=STEPS, indicator=f"indicator 1 10 points up to none = {score}"))
    formula = rules.tree.children[0].formula
    assert analyse((formula,)).of(formula).high == most


def test_limit_that_is_not_set_is_no_value(found, scheme):
    more = STEPS + "method bound(a, top) = smaller(steps(a, top), top)"
    tree = "indicator 1 10 points up to none = {}"
    assert found(scheme(more=more, indicator=tree.format("bound(x, 5 points)"))) == [UNUSED]
    assert found(scheme(more=more, indicator=tree.format("bound(x, none)"))) == [
        UNUSED,
        ("argument-kind", "top"),
    ]
    more = STEPS + "method kept(a, top) = smaller(a, top)"
    assert ("unknown-name", "none") in found(scheme(more=more, score="attain(kept(x, none), target: 5 yuan)"))


def test_declared_unit_is_that_of_the_argument(found, rules_of, scheme):
    more = "method near(a in 万元) = attain(a, target: 5 万元)"
    rules_of(scheme(more=more, score="near(x)"))
    inputs = "input x in persons { range >= 0 }"
    assert found(scheme(inputs=inputs, more=more, score="near(x)")) == [("unit-mismatch", "x")]


def test_method_that_nothing_calls_is_typed_by_its_declared_units(found, scheme):
    more = "method near(a in yuan) = attain(a, target: 5 persons)"
    assert found(scheme(more=more, score="attain(x, target: 5 yuan)")) == [
        ("unused-method", "near"),
        ("unit-mismatch", "5 persons"),
    ]


def test_argument_is_one_graph_however_often_it_is_used(rules_of, scheme):
    # Each method doubles the one before: written out, 2 ** 14 calls.
    more = "\n".join(
        ["method f0(a) = attain(a, target: 5 yuan) / 2"]
        + [f"method f{step}(a) = f{step - 1}(a) / 2 + f{step - 1}(a) / 2" for step in range(1, 15)]
    )
    rules = rules_of(scheme(more=more, score="f14(x) * 2"))
    assert len(order((rules.tree.children[0].formula,))) < 200


def test_methods_that_truly_double_are_refused_in_good_time(found, scheme):
    more = "\n".join(
        ["method f0(a) = attain(a, target: 5 yuan)"]
        + [f"method f{step}(a) = f{step - 1}(a) + f{step - 1}(a * 2)" for step in range(1, 21)]
    )
    assert [code for code, _ in found(scheme(more=more, score="f20(x)"))] == ["method-too-large"]
    assert 2**9 < MOST_BODIES < 2**10


def test_limits_are_seen_through_a_call(rules_of, scheme):
    more = "method much(a) = bands(a) { >= 5 yuan: 12 points; otherwise: 0 points }"
    (exceeds,) = check_limits(rules_of(scheme(more=more, score="much(x)")))
    assert exceeds.code == "score-exceeds-points"
    more = "method doubled(a) = attain(a, target: 5 yuan) * 2"
    (exceeds,) = check_limits(rules_of(scheme(more=more, score="doubled(x)")))
    assert exceeds.code == "score-exceeds-points"


def test_contract_of_the_last_call_is_that_of_the_method(rules_of, scheme):
    # An interval alone does not see that a position between the ends stays within 0 and 1.
    more = "method placed(a) = minmax(a, within: all)"
    rules = rules_of(
        scheme(
            policies="policies { missing: error; undefined: zero; all equal: full }",
            more=more,
            score="placed(x)",
        )
    )
    assert check_limits(rules) == ()


def test_measure_through_a_method_comes_after_what_the_method_reads(rules_of, scheme):
    more = "let first = scaled(x)\nmethod scaled(a) = a * factor\nlet factor = later * 2\nlet later = 3"
    assert [
        one.name for one in rules_of(scheme(more=more, score="attain(first, target: 1 yuan)")).measures
    ] == [
        "first",
        "factor",
        "later",
    ]


def test_measure_that_needs_itself_through_a_method_is_a_cycle(found, scheme):
    more = "let a = f(x)\nmethod f(y) = y + a"
    assert found(scheme(more=more, score="attain(a, target: 1 yuan)")) == [("cycle", "a")]


def test_target_of_a_parameter_is_that_of_the_measure_given(rules_of, scheme):
    more = "targets all x { 2018: 5 yuan }\nmethod level(a) = attain(a, target: target(a))"
    rules = rules_of(scheme(more=more, score="level(x)"))
    assert any(isinstance(node, n.Lookup) for node, _ in order((rules.tree.children[0].formula,)))


def test_mixed_languages_call_one_method(rules_of, scheme):
    more = "方法 水平 “水平得分”（数，目标 = 5 yuan）= 达标（数，目标：目标）"
    rules_of(scheme(more=more, score="水平（x，目标：6 yuan）"))
