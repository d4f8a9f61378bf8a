"""The declared scale of what people judge: without it a score of 80 says nothing."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import nodes as n

NO_SCALE = (Fraction(0), Fraction(1))
"""Stands in where a check has already refused a call for want of a scale."""


def scale_of(node: n.Node) -> tuple[Fraction, Fraction] | None:
    """The ends of the range that an input declares; None where either is lacking or they meet.

    Names, what a missing value counts as, and the year do not change the scale.
    """
    while isinstance(node, (n.Frame, n.Recover, n.Shift)):
        node = node.node if isinstance(node, n.Frame) else node.value
    if not isinstance(node, n.Input) or node.low is None or node.high is None or node.low >= node.high:
        return None
    return node.low, node.high


def stays_on_scale(node: n.Node) -> bool:
    """Whether nothing takes a value off the scale of its input: data are held to its range, an estimate is not."""
    scale = scale_of(node)
    while scale is not None and isinstance(node, (n.Frame, n.Recover, n.Shift)):
        if isinstance(node, n.Recover):
            put = node.replacement
            if not (isinstance(put, n.Const) and isinstance(put.value, Fraction)):
                return False
            if not scale[0] <= put.value <= scale[1]:
                return False
        node = node.node if isinstance(node, n.Frame) else node.value
    return scale is not None
