from fractions import Fraction

import pytest

from assessment.core import build as b
from assessment.core.absence import Absence
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Entry

RATES = {"satisfied": "1", "mostly": "3/4", "not": "11/20"}


def rows(bench, rates=RATES, unit="家"):
    return tuple(
        Entry(key=bench.count(name, unit), value=b.rate(Fraction(rate)), label=Text.same(name))
        for name, rate in rates.items()
    )


def test_answers_without_a_row_leave_the_denominator(bench):
    cells = {"satisfied": [300, 0, 0], "mostly": [150, 0, 10], "not": [50, 10, 0]}
    # 300 + 112.5 + 27.5 of 500
    found = bench.values("survey", cells, entries=rows(bench))
    assert found == [Fraction("0.88"), Fraction("0.55"), Fraction("0.75")]


def test_no_answer_at_all_is_undefined(bench):
    cells = {"satisfied": [0, -3], "mostly": [0, 0], "not": [0, 0]}
    assert bench.values("survey", cells, entries=rows(bench)) == [Absence.UNDEFINED] * 2


def test_a_count_that_was_not_reported_is_missing(bench):
    cells = {"satisfied": [Absence.NOT_REPORTED], "mostly": [1], "not": [1]}
    assert bench.values("survey", cells, entries=rows(bench)) == [Absence.NOT_REPORTED]


def test_counts_in_ten_thousands_weigh_as_many(bench):
    mixed = (*rows(bench, {"satisfied": "1"}, "万家"), *rows(bench, {"not": "0"}))
    assert bench.values("survey", {"satisfied": [1], "not": [10000]}, entries=mixed) == [Fraction(1, 2)]


@pytest.mark.parametrize(("rate", "codes"), [("-1/10", ["argument-kind"]), ("0", []), ("6/5", [])])
def test_an_answer_counts_nothing_or_something(bench, rate, codes):
    assert bench.codes("survey", entries=rows(bench, {"a": rate})) == codes


def test_the_contract_is_the_lowest_and_the_highest_rate(bench):
    lowered = bench.lower("survey", entries=rows(bench))
    assert (lowered.low, lowered.high) == (Fraction("0.55"), 1)
