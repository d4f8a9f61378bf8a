from fractions import Fraction

import pytest

from assessment.core import build as b
from assessment.core.absence import Absence
from assessment.core.types import RATE
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Entry


def rows(keys, weights, *, shares):
    return tuple(
        Entry(
            key=key,
            value=b.rate(Fraction(weight)) if shares else b.const(Fraction(weight)),
            label=Text.same("row"),
        )
        for key, weight in zip(keys, weights, strict=True)
    )


def two(bench):
    return [bench.input(name, RATE) for name in ("park", "town")]


def test_shares(bench):
    table = rows(two(bench), ["0.7", "0.3"], shares=True)
    # 0.7 × 0.9 + 0.3 × 0.8
    assert bench.values("weighted", {"park": ["90%"], "town": ["80%"]}, entries=table) == [Fraction("0.87")]


def test_parts(bench):
    table = rows(two(bench), [6, 4], shares=False)
    assert bench.values("weighted", {"park": ["88%"], "town": ["83%"]}, entries=table) == [Fraction("0.86")]


def test_measures_keep_their_unit(bench):
    first, second = bench.quantity("a"), bench.quantity("b", "万元")
    table = rows([first, second], [1, 1], shares=False)
    lowered = bench.lower("weighted", entries=table)
    assert lowered.node.type.unit == first.type.unit
    # 1 亿元 and 5000 万元
    assert bench.evaluate(lowered.node, {"a": [1], "b": [5000]}) == [Fraction("0.75")]


def test_points_stay_points(bench):
    table = rows([bench.in_points("a"), bench.in_points("b")], [1, 3], shares=False)
    assert bench.values("weighted", {"a": [8], "b": [4]}, entries=table) == [5]


def test_a_missing_value_makes_the_whole_missing(bench):
    table = rows(two(bench), [6, 4], shares=False)
    assert bench.values("weighted", {"park": [Absence.WITHHELD], "town": [1]}, entries=table) == [
        Absence.WITHHELD
    ]


@pytest.mark.parametrize(
    ("weights", "shares", "codes"),
    [
        (["0.7", "0.2"], True, ["weights-not-whole"]),
        (["0.7", "0.4"], True, ["weights-not-whole"]),
        (["1", "0"], True, ["argument-kind"]),
        ([6, -4], False, ["argument-kind"]),
        ([6, 5], False, []),
    ],
)
def test_what_is_said_of_weights(bench, weights, shares, codes):
    assert bench.codes("weighted", entries=rows(two(bench), weights, shares=shares)) == codes


def test_values_of_different_kinds_have_no_mean(bench):
    table = rows([bench.quantity("a"), bench.share("b")], [1, 1], shares=False)
    assert bench.codes("weighted", entries=table) == ["kind-mismatch"]
    table = rows([bench.quantity("a"), bench.quantity("b", "吨")], [1, 1], shares=False)
    assert bench.codes("weighted", entries=table) == ["unit-mismatch"]
