import pytest
from attrs import evolve

from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Kind

LEVELS = ("国家级", "省级")
POINTS = {"国家级": 3, "省级": 2}


def field(bench, name, kind, levels=()):
    events = bench.events(LEVELS)
    return n.Input(name=f"x.{name}", type=evolve(events.type, kind=kind, levels=levels))


def scored(bench, cells, **more):
    events = bench.events(LEVELS)
    more = {"most": 10, "repeats": "count"} | more
    return bench.values("events", cells, events=events, entries=bench.rows(events, POINTS), **more)


def problems(bench, **more):
    events = bench.events(LEVELS)
    return [
        one.code
        for one in bench.problems("events", events=events, entries=bench.rows(events, POINTS), **more)
    ]


def test_each_event_earns_its_points_and_all_of_them_the_most(bench):
    # 3 + 2 + 2 = 7; four national ones would be 12, held to 10; none earns nothing.
    cells = {"x": ((0, 1, 1), (0, 0, 0, 0), (), Absence.NOT_REPORTED)}
    assert scored(bench, cells) == [7, 10, 0, Absence.NOT_REPORTED]


def test_a_document_counts_once_with_its_highest_level(bench):
    # p: provincial, then national → 3; q: provincial → 2.
    paper = field(bench, "paper", Kind.LABEL)
    cells = {"x": ((1, 0, 1),), "x.paper": (("No. 1", "No. 1", "No. 2"),)}
    assert scored(bench, cells, once=paper, repeats=None) == [5]


def test_what_the_condition_leaves_out_takes_nobodys_place(bench):
    paper, counts = field(bench, "paper", Kind.LABEL), field(bench, "counts", Kind.YESNO)
    cells = {"x": ((0, 1),), "x.paper": (("No. 1", "No. 1"),), "x.counts": ((False, True),)}
    assert scored(bench, cells, once=paper, repeats=None, where=counts) == [2]


def test_a_cap_cannot_lie_below_zero_and_the_rule_for_repetitions_must_be_said(bench):
    assert problems(bench, most=-1, repeats="count") == ["floor-above-cap"]
    assert problems(bench, most=1, repeats=None) == ["repeats-unstated"]
    paper = field(bench, "paper", Kind.LABEL)
    assert problems(bench, most=1, repeats="count", once=paper) == ["repeats-unstated"]
    assert problems(bench, most=1, repeats=None, once=paper) == []


@pytest.mark.parametrize("kind", [Kind.LABEL, Kind.DATE])
def test_kinds_must_be_known_beforehand(bench, kind):
    assert problems(bench, most=1, repeats="count", kind=field(bench, "k", kind)) == ["argument-kind"]


def test_every_kind_has_its_cap(bench):
    kind = field(bench, "k", Kind.LEVEL, ("科技", "教育"))
    assert problems(bench, most=1, repeats="count", kind=kind) == ["band-uncovered"]


def test_each_kind_is_held_to_its_cap_before_all_are_added_up(bench):
    # 科技 3 + 3 + 2 = 8, held to 4; 教育 2, below its 3: 4 + 2 = 6; with at most 5 in all, 5.
    kind = field(bench, "k", Kind.LEVEL, ("科技", "教育"))
    caps = bench.rows(kind, {"科技": 4, "教育": 3})
    cells = {"x": ((0, 0, 1, 1), ()), "x.k": ((0, 0, 0, 1), ())}
    assert scored(bench, cells, kind=kind, caps=caps) == [6, 0]
    assert scored(bench, cells, kind=kind, caps=caps, most=5) == [5, 0]
