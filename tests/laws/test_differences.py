"""What holds for the moves between a generated file and a generated amendment of it, on generated data."""

from collections.abc import Iterator
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.laws.composer import examples
from tests.laws.test_amendments import FILES, amended

import assessment
from assessment.analysis.moves import Move, Moves, Order, Split
from assessment.diagnostics.model import Source
from assessment.errors import DataError
from assessment.pipeline import compiled
from assessment.report.differences import difference_text
from assessment.ruleset import RuleSet
from assessment.testing import tables_for
from assessment.testing.amendments import BASE, amendments
from assessment.testing.regional import Table

FEW = settings(max_examples=examples(10), deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def drawn(draw: st.DrawFn) -> tuple[RuleSet, RuleSet, Table, Table]:
    """A file and an amendment of it, perhaps for the next year, each with data of its own year."""
    base = draw(FILES)
    head, statements = draw(amendments(base))
    if draw(st.booleans()):
        head = head.replace(" 2018", " 2019")
    old, _ = compiled(Source(name=BASE, text=base))
    new, _ = amended(base, head + "{" + "\n".join(statements) + "}")
    assume(old is not None and new is not None)
    assert old is not None
    assert new is not None
    before = draw(tables_for(old))
    years = (new.period or 0) - (old.period or 0)
    # The new data are drawn for the old rules: what the amendment adds may lack, and then there is a reason.
    after = {year + years: rows for year, rows in draw(tables_for(old)).items()}
    return old, new, before, after


def moves(old: RuleSet, new: RuleSet, before: Table, after: Table, order: Order, *, trial: bool) -> Moves:
    units = {one.name: one.unit for one in old.inputs if one.form == "number" and one.unit is not None}
    known = {one.name: one.unit for one in new.inputs}
    assume(all(known.get(name) == unit for name, unit in units.items()))
    try:
        found = assessment.diff(
            old,
            new,
            data=before,
            new_data=after,
            period=max(before),
            new_period=max(after),
            order=order,
            trial=trial and None not in (old.period, new.period),
            units=units,
        )
    except DataError:
        assume(False)
        raise
    assert found.moves is not None
    for lang in ("zh", "en"):
        assert difference_text(found, lang)  # type: ignore[arg-type]  # both are languages
    return found.moves


@pytest.mark.parametrize("order", get_args(Order))
@pytest.mark.parametrize("trial", [False, True])
@FEW
@given(both=drawn())
def test_rule_effect_plus_data_effect_is_the_whole(
    order: Order, trial: bool, both: tuple[RuleSet, RuleSet, Table, Table]
) -> None:
    for one in moves(*both, order, trial=trial).regions:
        for split in splits(one):
            if split.rule is None or split.data is None:
                assert split.rule is split.data
            elif all(isinstance(x, Fraction) for x in (split.old, split.new, split.rule, split.data)):
                assert split.old + split.rule + split.data == split.new  # type: ignore[operator]  # rationals all
        for under in one.under:
            assert under.old or under.new
            assert (under.cause is None) or under.old != under.new


@FEW
@given(both=drawn())
def test_the_same_data_leave_nothing_to_the_data(both: tuple[RuleSet, RuleSet, Table, Table]) -> None:
    old, new, before, _ = both
    assume(old.period == new.period)
    for one in moves(old, new, before, before, "rules first", trial=False).regions:
        assert all(split.data in (0, None) for split in splits(one) if not irrational(split))


@FEW
@given(both=drawn())
def test_the_same_rules_leave_nothing_to_the_rules(both: tuple[RuleSet, RuleSet, Table, Table]) -> None:
    old, _, before, after = both
    after = dict(zip(before, after.values(), strict=False))
    for one in moves(old, old, before, after, "mean", trial=False).regions:
        assert all(split.rule in (0, None) for split in splits(one) if not irrational(split))
        assert all(under.cause in ("data", None) for under in one.under)


def splits(one: Move) -> Iterator[Split]:
    yield from (one.total, one.exact, one.residue)
    yield from (item.split for item in one.items)
    yield from (result.split for result in one.results)
    if one.rest is not None:
        yield one.rest


def irrational(split: Split) -> bool:
    return not all(isinstance(x, Fraction) for x in (split.old, split.new) if x is not None)
