from fractions import Fraction

import pytest

from assessment.core.absence import Absence


def table(bench, *rows):
    """Rows of distances in percentage points."""
    return tuple(bench.stretch(ends, bench.change(), points) for ends, points in rows)


def sheet(bench):
    """10 points / 20, / 40 and / 60 for each percentage point."""
    return table(bench, ("[0%, 10%)", "1/2"), ("[10%, 20%)", "1/4"), ("[20%, inf)", "1/6"))


WRITTEN = {"from_": "8%", "base": 10, "each": "1pp"}


def test_only_the_part_in_a_stretch_earns_at_its_rate(bench):
    # 25 above: 10 + 10/2 + 10/4 + 5/6 = 18.33; 25 below mirrors it: 1.67.
    found = bench.values(
        "tiers",
        {"x": ["33%", "-17%", "8%", "18%", "28%", "1000%"]},
        x=bench.growth(),
        bands=sheet(bench),
        **WRITTEN,
        below="mirrored",
        ceiling=20,
        floor=0,
    )
    assert found == [10 + Fraction(25, 3), 10 - Fraction(25, 3), 10, 15, Fraction("17.5"), 20]


def test_the_other_side_may_take_nothing_off(bench):
    found = bench.values(
        "tiers",
        {"x": ["-17%", "9%"]},
        x=bench.growth(),
        bands=sheet(bench),
        **WRITTEN,
        below="none",
        ceiling="none",
    )
    assert found == [10, Fraction("10.5")]


def test_where_lower_is_better_the_distance_counts_downwards(bench):
    found = bench.values(
        "tiers",
        {"x": ["-2%", "18%"]},
        x=bench.growth(),
        bands=sheet(bench),
        **WRITTEN,
        below="mirrored",
        ceiling=20,
        floor=0,
        better="lower",
    )
    assert found == [15, 5]


def test_points_for_another_unit(bench):
    rows = table(bench, ("[0%, 10%)", 1))
    written = {**WRITTEN, "each": "2pp", "below": "none"}
    assert bench.values("tiers", {"x": ["13%", "99%"]}, x=bench.growth(), bands=rows, **written) == [
        Fraction("12.5"),
        15,
    ]


def test_it_does_not_matter_which_end_is_closed(bench):
    rows = table(bench, ("[0%, 10%]", "1/2"), ("(10%, 20%]", "1/4"))
    written = {**WRITTEN, "below": "none"}
    assert bench.values("tiers", {"x": ["18%", "23%"]}, x=bench.growth(), bands=rows, **written) == [
        15,
        Fraction("16.25"),
    ]


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([("[5%, 10%)", 1)], ["band-uncovered"]),
        ([("[0%, 10%)", 1), ("[12%, 20%)", 1)], ["band-gap"]),
        ([("[0%, 10%)", 1), ("[5%, 20%)", 1)], ["band-overlap"]),
        ([("[0%, 10%)", 1), ("[20%, 10%)", 1)], ["range-empty"]),
        ([("[0%, 10%)", 1), ("[10%, 20%)", 1)], []),
    ],
)
def test_tiers_join_end_to_end(bench, rows, codes):
    written = {**WRITTEN, "below": "none"}
    assert bench.codes("tiers", x=bench.growth(), bands=table(bench, *rows), **written) == codes


def test_a_last_tier_without_end_needs_its_limits_said(bench):
    x, rows = bench.growth(), sheet(bench)
    assert bench.codes("tiers", x=x, bands=rows, **WRITTEN, below="none") == ["missing-argument"]
    assert bench.codes("tiers", x=x, bands=rows, **WRITTEN, below="mirrored", ceiling=20) == [
        "missing-argument"
    ]
    assert bench.codes("tiers", x=x, bands=rows, **WRITTEN, below="none", ceiling="none") == []
    both = {"ceiling": 5, "floor": 6}
    assert bench.codes("tiers", x=x, bands=rows, **WRITTEN, below="mirrored", **both) == ["floor-above-cap"]


def test_the_contract(bench):
    x, rows = bench.growth(), table(bench, ("[0%, 10%)", "1/2"), ("[10%, 20%)", "1/4"))
    one = bench.lower("tiers", x=x, bands=rows, **WRITTEN, below="none")
    assert (one.low, one.high) == (10, Fraction("17.5"))
    other = bench.lower("tiers", x=x, bands=rows, **WRITTEN, below="mirrored", floor=4)
    assert (other.low, other.high) == (4, Fraction("17.5"))
    free = bench.lower(
        "tiers", x=x, bands=sheet(bench), **WRITTEN, below="mirrored", floor="none", ceiling="none"
    )
    assert (free.low, free.high) == (None, None)


def test_what_is_missing_stays_missing(bench):
    found = bench.values(
        "tiers",
        {"x": [Absence.NOT_REPORTED]},
        x=bench.growth(),
        bands=sheet(bench),
        **WRITTEN,
        below="none",
        ceiling=20,
    )
    assert found == [Absence.NOT_REPORTED]
