"""What holds for every further result: a tree taken again with its own data is the tree, and swapping data swaps results."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

import assessment

RULES = assessment.load("""assessment t.laws for 2018 "L" {
    authority "none"
    total 10 points
    round indicator half-up to 1 place; total half-up to 1 place
    compare rounded
    carry rounded
    policies { missing: zero; undefined: zero; not applicable: zero; all equal: full; ties: min }
    rank within all
    input a in number { range 0 to 10 }
    input b in number { range 0 to 10 }
    let twice = a * 2
    indicator 1 "One" 6 points = minmax(a, within: all)
    indicator 2 "Two" 4 points { not applicable to all when twice > 15; score = indicator 1 rate full * 0.5 }
    result same = total with { a: a; twice: twice }, published half-up to 1 place, ranked on rounded
    result other = total with { a: b }, published half-up to 1 place, ranked on rounded
    result nothing = total full - result same full on 0 to 0.5 points, published full, unranked
}""")
SWAPPED = {"a": "b", "b": "a"}

values = st.integers(0, 20).map(lambda n: Fraction(n, 2)) | st.sampled_from(
    [Fraction(15, 2), Fraction(751, 100)]
)
rows = st.fixed_dictionaries({}, optional={"a": values, "b": values})
fields = st.lists(rows, min_size=1, max_size=4).map(
    lambda found: {f"R{i}": row for i, row in enumerate(found)}
)


def run(field):
    data = {name: row or {"a": None} for name, row in field.items()}
    return RULES.evaluate(assessment.read_data({2018: data}, RULES))


@settings(max_examples=60)
@given(fields)
def test_a_tree_taken_again_with_its_own_data_is_the_tree(field):
    for one in run(field):
        same = one.results["same"]
        assert (same.exact, same.value, same.rank) == (one.exact, one.total, one.rank)
        assert one.results["nothing"].exact == 0
        assert {path: line.exact.value for path, line in same.lines.items()} == {
            path: line.exact.value for path, line in one.results["total"].lines.items()
        }


@settings(max_examples=60)
@given(fields)
def test_exchanged_data_give_what_the_tree_gives_for_them(field):
    turned = {name: {SWAPPED[key]: value for key, value in row.items()} for name, row in field.items()}
    other = run(turned)
    for one in run(field):
        wanted = other[one.region]
        assert (one.results["other"].exact, one.results["other"].rank) == (wanted.exact, wanted.rank)
