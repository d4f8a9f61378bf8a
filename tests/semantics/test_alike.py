"""Formulas that are written alike come out as if each were typed by itself: every node, word and place, every finding."""

import re

import attrs
import pytest

from assessment.core.walk import inputs
from assessment.methods.base import Yields
from assessment.methods.registry import methods
from assessment.semantics import alike
from assessment.semantics.check import check
from assessment.semantics.limits import check_limits

ENDINGS = ("", "_of_a_long_name", "二")
"""What is put behind the names of inputs: formulas that are alike have names of different length."""

FORMS = {
    "yes/no": ("decided", "policies_met", "yearly", "overall", "park"),
    "level good, fair, poor": ("judgement",),
}
FORMULAS = (
    "held({x} / {y}, low: 0, high: 1) * 3 points",
    "curve({x} - {x}[-1]) { 0: 0 points; 1: 3 points }",
    "bands({x}) { >= {y}: 3 points; >= 0.5: 2 points; otherwise: 0 points }",
    'decide { {decided} and {x} >= 2: 3 points; {judgement} = good: 2 points; {judgement} = "poor": 1 points; otherwise: 0 points }',
    "decide { {x} >= {y}: 3 points; {x} < {y}: 2 points }",
    "levels({judgement}) { good: 3 points; fair: 2 points; poor: 0 points }",
    "checklist(max: 3 points) { {decided}: 1 points; each {x}: 0.1 points up to 2 points }",
    "minmax({x}, within: all, where: {decided})",
    "half({x}) * 50% + half({y}) * 50%",
    "standard({x}, standard: entry(standards), cap: 100%)",
    "smaller(attain({x}, target: entry(standards)), half({y}))",
    "attain({shared}, target: 2)",
    "indicator 9 rate full * attain({x}, target: 5)",
)
FAULTY = (
    "attain({x}, target: 0)",
    "attain({x}, target: 5 km)",
    "attain({x}, target: {decided})",
    "bands({x}) { >= 1: 3 points; >= 2: 2 points }",
    "{x} + 1",
    "attain({x}, target: unknown)",
    "attain({x}, target: target({x}))",
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_sound_formula(formula, rules_of, text_of, differences):
    leaves = rules_of(text_of(formula)).tree.children
    assert leaves[0].alike == leaves[1].alike == leaves[2].alike is not None
    assert differences(text_of(formula)) == []


@pytest.mark.parametrize("formula", FAULTY)
def test_faulty_formula(formula, found, text_of, differences):
    assert len({place for _, place in found(text_of(formula))}) >= 1
    assert differences(text_of(formula)) == []


def test_formula_that_reads_the_target_of_a_measure_is_typed_by_itself(rules_of, text_of, differences):
    text = text_of("attain({shared}, target: target({shared}))")
    first, second, third, _ = rules_of(text).tree.children
    assert (first.alike, second.alike, third.alike) == (0, None, None)
    assert differences(text) == []


@pytest.mark.parametrize("method", methods(), ids=lambda method: method.en)
def test_examples_of_every_method(method, text_of, differences):
    for example in method.examples:
        names = "x|y|z|m|judgement|decided|yearly|overall|park"
        formula = re.sub(rf"(?<![\w.:]){names}\b(?!\()".replace(names, f"({names})"), r"{\1}", example)
        score = formula if method.yields is not Yields.MEASURE else f"attain({formula}, target: 3)"
        assert differences(text_of(score)) == [], score


def test_defaults_with_entries_and_directions(scheme, differences):
    more = """table standards by indicator { 1: 3; 2: 3; 3: 4; 4: 4; 5: 3 }
    method eased(x, target) = attain(x, target: target) * 60% + 40%
    default score = smaller(eased(it, target: entry(standards)), attain(it, target: 2, better: its direction))"""
    declared = "\n".join(f"input {name} in number {{ range >= 0 }}" for name in ("a", "bb", "c", "d", "e"))
    measures = ("a", "bb", "c", "d", "e / 2")
    tree = " ".join(
        f"indicator {place} 2 points measure {name}, {'higher' if place % 2 else 'lower'} is better"
        for place, name in enumerate(measures, start=1)
    )
    assert differences(scheme(inputs=declared, more=more, indicator=tree)) == []


def test_policies_of_bodies_are_told_apart(scheme, differences):
    declared = "\n".join(f"input {name} in number" for name in ("a", "b", "c", "d"))
    tree = " ".join(
        f"category of_{policy.replace(' ', '_')} 5 points {{ policies {{ all equal: {policy} }} "
        f"indicator {one} 2.5 points = minmax({one}, within: all) indicator {two} 2.5 points = minmax({two}, within: all) }}"
        for policy, one, two in (("full", "a", "b"), ("zero", "c", "d"))
    )
    text = scheme(
        inputs=declared, indicator=re.sub(r"indicator ([a-d])", lambda m: f"indicator {ord(m[1]) - 96}", tree)
    )
    assert differences(text) == []


@pytest.mark.parametrize(
    ("word", "score"),
    [
        ("none", "attain(x, target: 5, cap: {})"),
        ("good", "decide {{ judgement = {}: 5 points; otherwise: 0 points }}"),
        ("level", "count(awards, where: {} >= provincial, repeats: count) / 3"),
    ],
)
def test_input_with_the_name_of_another_thing_is_that_thing(word, score, scheme, differences):
    declared = """input x in number
        input judgement level good, fair, poor
        input awards events level national, provincial
    """
    others = ("other", word, "third")
    declared += "\n".join(f"input {name} in number" for name in others)
    tree = " ".join(
        f"indicator {place} 5 points = {score.format(name)}" for place, name in enumerate(others, start=1)
    )
    assert differences(scheme(total="total 15 points", inputs=declared, indicator=tree)) == []


def test_input_that_a_body_reads_too_is_typed_by_itself(scheme, differences):
    declared = "\n".join(f"input {name} in number {{ range >= 0 }}" for name in ("a", "b", "c"))
    more = "method against(v) = decide { v > c: 3 points; v < c: 2 points; otherwise: 1 points }"
    tree = " ".join(
        f"indicator {place} 3 points = against({name})" for place, name in enumerate(("a", "b", "c"), start=1)
    )
    assert differences(scheme(total="total 9 points", inputs=declared, more=more, indicator=tree)) == []


def test_second_formula_and_those_behind_it_share_what_has_no_place(parsed, scheme):
    declared = "\n".join(f"input {name} in number" for name in ("a", "b", "c"))
    tree = " ".join(
        f"indicator {place} 5 points = attain({name}, target: 5)" for place, name in enumerate("abc", start=1)
    )
    rules, _ = check(parsed(scheme(total="total 15 points", inputs=declared, indicator=tree)))
    first, second, third = rules.tree.children
    assert first.alike == second.alike == third.alike is not None
    assert [inputs((leaf.formula,)) for leaf in rules.tree.children] == [
        (("a", 0),),
        (("b", 0),),
        (("c", 0),),
    ]
    assert second.formula.arguments[2].node is third.formula.arguments[2].node  # the cap that nobody wrote
    assert [leaf.formula.span.text for leaf in (second, third)] == [
        "attain(b, target: 5)",
        "attain(c, target: 5)",
    ]


@pytest.fixture
def text_of(scheme):
    """A file in which three indicators have a score that is written alike; `{x}` is an input of each of them."""

    def of(score):
        declared = ["input shared in number { range >= 0 }", "input awards events level national, provincial"]
        tree, entries = [], []
        for place, ending in enumerate(ENDINGS, start=1):
            declared += [f"input {name}{ending} in number {{ range >= 0 }}" for name in ("x", "y", "z", "m")]
            declared += [f"input {name}{ending} {form}" for form, names in FORMS.items() for name in names]
            own = re.sub(
                r"\{(\w+)\}",
                lambda found, e=ending: found[1] if found[1] == "shared" else found[1] + e,
                score,
            )
            tree.append(f"indicator {place} 60 points = {own}")
            entries.append(f"{place}: 4;")
        more = f"""table standards by indicator {{ {" ".join(entries)} }}
            targets all shared {{ 2018: 3 }}
            method half(v) = attain(v, target: entry(standards))"""
        tree.append("indicator 9 1 points = attain(shared, target: 2)")
        policies = (
            "policies { missing: error; undefined: zero; zero base: undefined; all equal: full; ties: min }"
        )
        return scheme(
            total="total 181 points",
            policies=policies,
            inputs="\n".join(declared),
            more=more,
            indicator="\n".join(tree),
        )

    return of


@pytest.fixture
def differences(parsed, monkeypatch):
    """Where rules, with what is found in them, are others than if every formula were typed by itself."""

    def of(text):
        file = parsed(text)
        found = _checked(file)
        with monkeypatch.context() as patched:
            patched.setattr(alike.Formulas, "_read", lambda *_: None)
            wanted = _checked(file)
        return _differences(found, wanted)

    return of


def _checked(file):
    rules, found = check(file)
    return rules, found, () if rules is None else check_limits(rules)


def _differences(found, wanted):
    stack, seen, different = [(found, wanted, "")], set(), []
    while stack:
        one, other, where = stack.pop()
        if one is other or (id(one), id(other)) in seen:
            continue
        seen.add((id(one), id(other)))
        if type(one) is not type(other):
            different.append(where)
        elif attrs.has(type(one)):
            names = [field.name for field in attrs.fields(type(one)) if field.name != "alike"]
            stack += [(getattr(one, name), getattr(other, name), f"{where}.{name}") for name in names]
        elif isinstance(one, tuple) and len(one) == len(other):
            stack += [(*pair, f"{where}[{place}]") for place, pair in enumerate(zip(one, other, strict=True))]
        elif isinstance(one, dict) and list(one) == list(other):
            stack += [(one[key], other[key], f"{where}[{key}]") for key in one]
        elif one != other:
            different.append(where)
    return different
