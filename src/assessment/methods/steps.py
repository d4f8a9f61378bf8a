"""Counting steps: in proportion, whole ones only, or started ones in full."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind, Type
from assessment.core.walk import children
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Problem, constant
from assessment.methods.wording import amount
from assessment.number import Mode


def counted(steps: n.Node, counting: str) -> n.Node:
    """A number of steps, which may be below zero, as an incomplete step counts; a step down counts as a step up does.

    2.4 steps are 2.4 by `line`, 2 by `whole`, 3 by `started`; -2.4 steps are -2.4, -2 and -3.
    """
    if counting == "whole":
        return b.round_to(steps, 0, Mode.TRUNCATE)
    if counting == "started":
        zero = b.const(0, steps.type)
        up = b.round_to(b.maximum(steps, zero), 0, Mode.UP)
        down = b.round_to(b.minimum(steps, zero), 0, Mode.DOWN)
        return b.add(up, down)
    return steps


def step_problem(call: Call, name: str) -> tuple[Problem, ...]:
    """A step that is written out and not above zero is an error."""
    width = constant(call.node(name))
    if width is None or width > 0:
        return ()
    shown = amount(width, call.node(name).type)
    return (
        Problem(
            code="step-without-size",
            text=Text(en=f"a step of {shown.en} has no size", zh=f"步长为 {shown.zh}，没有大小"),
            at=name,
            help=Text(en="write a step above zero", zh="步长应大于零"),
        ),
    )


def single(count: n.Node) -> n.Node:
    """A count or a quantity as a plain number of single things: 1.2 万件 are 12000."""
    if count.type.kind is Kind.NUMBER:
        return count
    factor = Fraction(1) if count.type.unit is None else count.type.unit.factor
    return b.divide(count, b.const(1 / factor, count.type))


def never_incomplete(width: n.Node, *values: n.Node) -> bool:
    """Whether values move by whole steps of one only, so that no step between them is ever incomplete."""
    return constant(width) == 1 and all(map(is_whole, values))


def is_whole(node: n.Node) -> bool:
    """Whether a graph gives whole numbers of single things and nothing else: counts, their sums and differences."""
    stack, seen = [node], set[int]()
    while stack:
        each = stack.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if not _keeps_whole(each):
            return False
        if isinstance(each, n.Frame):
            stack.append(each.node)
        elif not (isinstance(each, n.Aggregate) and each.op == "count"):
            # How many there are is a whole number, whatever they are.
            stack.extend(children(each))
    return True


def _keeps_whole(node: n.Node) -> bool:
    match node:
        case n.Const():
            value = constant(node)
            return value is not None and value.denominator == 1
        case n.Input(type=type_):
            return _single_count(type_)
        case n.Aggregate(op=op):
            return op in ("sum", "count", "min", "max")
        case n.Add() | n.Mul() | n.Min() | n.Max() | n.Shift() | n.Refer() | n.Recover() | n.Frame():
            return True
        case _:
            return False


def _single_count(type_: Type) -> bool:
    return type_.kind is Kind.COUNT and (type_.unit is None or type_.unit.factor == 1)
