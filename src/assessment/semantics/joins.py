"""What joins ask of the rest of a file: a policy where they can be undefined, roots for each sum of weights."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.scope import Scope

__all__ = ["MOST_ROOTS", "exponents", "subset_sums", "undefined_here"]

MOST_ROOTS = 200
"""Different sums of weights up to which a geometric mean with left-out members is written out, a root for each."""


def exponents(weights: Sequence[Fraction]) -> list[int]:
    """Weights as whole numbers in the same proportions, as small as can be.

    >>> exponents([Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)])
    [5, 3, 2]
    """
    scale = lcm(*(weight.denominator for weight in weights))
    whole = [int(weight * scale) for weight in weights]
    common = gcd(*whole)
    return [weight // common for weight in whole]


def subset_sums(weights: Sequence[Fraction], optional: Sequence[bool] | None = None) -> list[int]:
    """The sums above zero that are left of the whole-number weights when any of the optional ones fall away, in order.

    At most one more than `MOST_ROOTS` are listed. Without `optional`, every weight may fall away.

    >>> subset_sums([Fraction(1), Fraction(1), Fraction(2)])
    [1, 2, 3, 4]
    """
    may_fall = [True] * len(weights) if optional is None else optional
    sums = {0}
    for weight, falls in zip(exponents(weights), may_fall, strict=True):
        with_it = {one + weight for one in sums}
        sums = sums | with_it if falls else with_it
        if len(sums) > MOST_ROOTS + 1:
            break
    return sorted(one for one in sums if one > 0)[: MOST_ROOTS + 1]


def undefined_here(place: Span, what: Text, scope: Scope) -> None:
    """Note that something other than a formula can be undefined; passing points on is no answer to that.

    Whether a join is undefined depends on the scores below it, and those on the points that were passed on: the points
    would have to be known before themselves.
    """
    scope.need("undefined", place)
    policy = scope.stated.get("undefined")
    if policy is None or not policy.then.rescales:
        return
    scope.report(
        "policy-mismatch",
        Text(
            en=f"{what.en} can be undefined, and its points cannot be passed on",
            zh=f"{what.zh}可能无意义，此时其分值无法分摊",
        ),
        place,
        help=Text(
            en="write `zero`, `full` or `not computed` for `undefined`",
            zh="把 `无意义` 的处理改为 `零分`、`满分` 或 `不计算`",
        ),
    )
