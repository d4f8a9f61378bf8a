"""What is said of arguments of the wrong sort: the help repeats the author's own figure."""

from assessment.diagnostics.model import Source
from assessment.semantics.check import check
from assessment.syntax.parse import parse


def findings(text):
    file, _ = parse(Source(name="rules.assess", text=text))
    _, found = check(file)
    return [(one.code, one.span.text, None if one.help is None else one.help.en) for one in found]


def errors(text):
    return [one for one in findings(text) if one[0] not in ("no-owner", "no-clause", "no-authority")]


def test_number_in_place_of_points_is_repeated_with_its_unit(scheme):
    text = scheme(score="bands(x) { >= 5 yuan: 7; otherwise: 0 points }")
    assert errors(text) == [("argument-kind", "7", "write the unit: `7 points`")]


def test_number_in_place_of_a_quantity_is_repeated_with_the_unit_of_the_other_side(scheme):
    assert errors(scheme(score="attain(x, target: 5)")) == [
        ("kind-mismatch", "5", "write the unit: `5 yuan`")
    ]


def test_number_in_place_of_percentage_points_is_repeated_with_their_unit(scheme):
    text = scheme(inputs="input x in %", score="attain(change(x), target: 1.5)")
    assert errors(text)[0] == ("kind-mismatch", "1.5", "write the unit: `1.5 pp`")


def test_parameter_with_an_equals_sign_is_one_finding_that_shows_the_colon(scheme):
    assert errors(scheme(score="attain(x, target = 5 yuan)")) == [
        ("syntax-error", "target = 5 yuan", "write `target: 5 yuan`")
    ]


def test_parameter_that_is_near_to_none_is_answered_with_all_that_there_are(scheme):
    assert errors(scheme(score="attain(x, 5 yuan, quux: 1)")) == [
        ("unknown-parameter", "quux: 1", "it is written attain(actual, target, cap, better)")
    ]
