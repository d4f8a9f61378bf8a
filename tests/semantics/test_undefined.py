import pytest

NO_POLICY = "policies { missing: error; zero base: undefined; ties: min; all equal: %s }"
PEOPLE = "input x in yuan { range >= 0 }\ninput people in persons { range %s }"


def codes(found, text):
    return {code for code, _ in found(text)}


@pytest.mark.parametrize(
    ("range_", "needed"), [("> 0", False), (">= 0", True), ("1 to 9", False), ("< 0", False)]
)
def test_a_divisor_that_may_be_zero_needs_a_policy(found, scheme, range_, needed):
    text = scheme(
        policies=NO_POLICY % "full", inputs=PEOPLE % range_, score="attain(x / people, target: 5 yuan/person)"
    )
    assert ("no-undefined-policy" in codes(found, text)) is needed


@pytest.mark.parametrize(("equal", "needed"), [("full", False), ("half", False), ("undefined", True)])
def test_equal_values_are_undefined_only_where_the_file_says_so(found, scheme, equal, needed):
    text = scheme(policies=NO_POLICY % equal, score="minmax(x, within: all)")
    assert ("no-undefined-policy" in codes(found, text)) is needed


def test_a_policy_for_equal_values_does_not_settle_what_is_compared(found, scheme):
    text = scheme(
        policies=NO_POLICY % "full", inputs=PEOPLE % ">= 0", score="minmax(x / people, within: all)"
    )
    assert "no-undefined-policy" in codes(found, text)
