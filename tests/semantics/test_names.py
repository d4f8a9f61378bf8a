import pytest

from assessment.semantics.check import check


@pytest.mark.parametrize(("first", "second"), [("R", "Ｒ"), ("行", "⾏")])
def test_names_equal_by_compatibility_are_the_same_name(found, scheme, first, second):
    more = f"let {first} = x\nlet {second} = x * 2"
    assert ("duplicate-name", second) in found(scheme(more=more))


def test_a_name_is_found_however_it_is_written(found, scheme):
    codes = {code for code, _ in found(scheme(more="let 行 = x", score="attain(⾏, target: 5 yuan)"))}
    assert codes <= {"no-owner", "no-clause", "no-authority"}


def test_a_clash_points_at_both_places(parsed, scheme):
    _, found = check(parsed(scheme(more="let x = 5")))
    (clash,) = [each for each in found if each.code == "duplicate-name"]
    first = [label.place for label in clash.labels if not label.primary]
    assert (clash.span.text, first[0].text) == ("x", "x")
    assert first[0].start < clash.span.start


def test_an_unknown_name_suggests_the_nearest(parsed, scheme):
    _, found = check(parsed(scheme(more="let output = x", score="attain(outptu, target: 5 yuan)")))
    (unknown,) = [each for each in found if each.code == "unknown-name"]
    assert unknown.help.en == "did you mean `output`?"


def test_of_thousands_of_wrong_names_the_first_get_a_suggestion_and_none_makes_an_input_unused(parsed):
    # 700 names beside 700: more pairs than are compared, so the last ones are only reported.
    count = 700
    inputs = "\n".join(f'input rd_{i} "R" in yuan {{ range >= 0 }}' for i in range(count))
    indicators = "\n".join(
        f'indicator {i} "I" 1 points = attain(dr_{i}, target: 5 yuan)' for i in range(count)
    )
    file = parsed(
        f'assessment t for 2018 "T" {{ authority "N" total {count} points round none rank none\n'
        f"policies {{ missing: error }}\n{inputs}\n{indicators}\n}}"
    )
    _, found = check(file)
    unknown = [one for one in found if one.code == "unknown-name"]
    assert len(unknown) == count
    suggested = [one.help is not None and one.help.en.startswith("did you mean") for one in unknown]
    assert suggested[0]
    assert not suggested[-1]
    assert not [one for one in found if one.code == "unused-input"]
