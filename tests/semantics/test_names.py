import pytest


@pytest.mark.parametrize(("first", "second"), [("R", "Ｒ"), ("行", "⾏")])
def test_names_equal_by_compatibility_are_the_same_name(found, scheme, first, second):
    more = f"let {first} = x\nlet {second} = x * 2"
    assert ("duplicate-name", second) in found(scheme(more=more))


def test_a_name_is_found_however_it_is_written(found, scheme):
    codes = {code for code, _ in found(scheme(more="let 行 = x", score="attain(⾏, target: 5 yuan)"))}
    assert codes <= {"no-owner", "no-clause", "no-authority"}


def test_a_clash_points_at_both_places(parsed, scheme):
    from assessment.semantics.check import check

    _, found = check(parsed(scheme(more="let x = 5")))
    (clash,) = [each for each in found if each.code == "duplicate-name"]
    first = [label.place for label in clash.labels if not label.primary]
    assert (clash.span.text, first[0].text) == ("x", "x")
    assert first[0].start < clash.span.start


def test_an_unknown_name_suggests_the_nearest(parsed, scheme):
    from assessment.semantics.check import check

    _, found = check(parsed(scheme(more="let output = x", score="attain(outptu, target: 5 yuan)")))
    (unknown,) = [each for each in found if each.code == "unknown-name"]
    assert unknown.help.en == "did you mean `output`?"
