"""Data that count as those of another year: years and dates move, values and their places stay."""

import datetime as dt
from fractions import Fraction

import pytest

import assessment
from assessment.data.counted_as import counted_as

RULES = assessment.load("""
assessment works for 2019 "Works" {
    total 10 points
    round none
    compare full
    policies { missing: error; ties: min }
    rank none
    input firms "Firms" in 家 { range >= 0 }
    input awards "Awards" events level national, local { field day date required; no rows mean none }
    indicator 1 "Firms" 4 points = attain(firms, target: 9 家)
    indicator 2 "Awards" 6 points = highest(awards, where: day in this year) { national: 6 points; local: 3 points }
}
""")


def read(day: str) -> assessment.Data:
    return assessment.read_data(
        {2018: {"A": {"firms": 3}}, 2017: {"A": {"firms": 2}}},
        RULES,
        period=2018,
        rows={"awards": f"region,year,awards,day\nA,2018,national,{day}\n"},
    )


def days(data: assessment.Data, year: int) -> list[str]:
    rows = data.observations["awards", year, "A"].rows
    cells = [row.fields["day"].value for row in rows]
    return [dt.date.fromordinal(int(cell)).isoformat() for cell in cells if isinstance(cell, Fraction)]


@pytest.mark.parametrize(
    ("day", "later"),
    [
        ("2018-12-31", "2019-12-31"),
        ("2018-01-01", "2019-01-01"),
        ("2016-02-29", "2017-02-28"),  # there is no 29th in 2017
    ],
)
def test_years_and_dates_move_together(day: str, later: str) -> None:
    data = read(day)
    moved = counted_as(data, RULES.checked, 1)
    assert moved.periods == tuple(year + 1 for year in data.periods)
    assert days(moved, 2019) == [later]
    assert moved.observations["firms", 2019, "A"] == data.observations["firms", 2018, "A"]
    assert {year for _, year, _ in moved.observations} == {2018, 2019}


def test_back_again_is_the_same() -> None:
    data = read("2018-06-30")
    assert counted_as(counted_as(data, RULES.checked, 1), RULES.checked, -1) == data


def test_no_years_are_the_same_data() -> None:
    data = read("2018-06-30")
    assert counted_as(data, RULES.checked, 0) is data
