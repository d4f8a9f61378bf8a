"""The spread of a field: variance and standard deviation, exact through squares."""

from __future__ import annotations

from attrs import frozen

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Parameter, Sort
from assessment.methods.plain import again, deviation_of, plain
from assessment.methods.statistic import over_field

OF = Parameter(
    en="of",
    zh="口径",
    sort=Sort.WORD,
    choices=(("population", "总体"), ("sample", "样本")),
    said=(
        Text(en="of the population, divided by the number", zh="总体口径，除以个数"),
        Text(en="of a sample, divided by the number less one", zh="样本口径，除以个数减一"),
    ),
    about=Text(
        en="whether squares are divided by the number of values or by one less",
        zh="平方和除以个数，还是除以个数减一",
    ),
)
"""By what the sum of squares is divided; never a default, because tables and programs differ."""


@frozen(kw_only=True)
class Spread:
    """Mean and variance of a field as plain numbers, and what a sentence says of them in the unit of the value."""

    mean: n.Node
    variance: n.Node
    notes: tuple[n.Named, ...]


def spread(call: Call) -> Spread:
    """The mean square less the square of the mean: no deviation is rounded, so what is equal stays equal.

    Of a sample it is enlarged by `n / (n - 1)`, and *undefined* for one value.
    """
    x = call.node("x")
    value = plain(x)
    said = over_field("mean", x, call)
    mean = plain(said)
    squares = over_field("mean", b.multiply(value, value), call)
    variance = b.maximum(b.subtract(squares, b.multiply(mean, mean)), b.const(0))
    count = over_field("count", x, call)
    if call.word("of") == "sample":
        variance = b.multiply(variance, b.divide(count, b.subtract(count, b.const(1))))
    return Spread(
        mean=mean,
        variance=variance,
        notes=(n.Named(name="count", node=count), n.Named(name="mean", node=said)),
    )


def deviation(found: Spread, x: n.Node) -> n.Node:
    """The standard deviation, in the unit of the value; in percentage points for shares and growth."""
    return again(b.root(found.variance, 2), deviation_of(x.type))
