"""What holds for every method there is; a new one is under test as soon as its file is in its folder."""

import inspect
from fractions import Fraction
from itertools import pairwise, product
from types import SimpleNamespace

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import POINTS, RATE, YESNO, Entity, Kind, Type, number
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.codes import CODES
from assessment.diagnostics.model import Source
from assessment.evaluation.exact import run
from assessment.evaluation.facts import UNDECIDED, Facts
from assessment.methods import registry
from assessment.methods.base import (
    PLACEHOLDER,
    UNLIMITED,
    Band,
    Call,
    Entry,
    Method,
    Parameter,
    Rows,
    Sort,
    Yields,
    constant,
)
from assessment.number import compare
from assessment.syntax.parse import parse

METHODS = registry.methods()
SUBJECTS = {Sort.MEASURE, Sort.LEVEL, Sort.ROWS}
SUBJECTED = [
    method
    for method in METHODS
    if method.parameters
    and method.parameters[0].sort in SUBJECTS
    and ".field." not in type(method).__module__
]
DIRECTED = [method for method in METHODS if method.rising or method.falling]
SCORES = [method for method in METHODS if method.yields is not Yields.MEASURE]
POLICY_KEYS = {"all equal", "ties", "zero base"}
LEVELS = ("a", "b", "c")
YEAR = 2018

by_name = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.en)


# ── what a method's file must say ────────────────────────────────────────────────────────────────────────────────────


@by_name
def test_both_names_are_there_and_its_module_is_called_like_it(method):
    assert method.en.isascii()
    assert not method.zh.isascii()
    assert type(method).__module__.rpartition(".")[2] == method.en


@by_name
def test_the_reference_page_has_a_source_and_a_worked_figure(method):
    page = inspect.getdoc(type(method)) or ""
    first = page.splitlines()[0]
    assert page != inspect.getdoc(Method)
    assert first.endswith((".", ":"))
    assert "Source:" in page
    assert "Undefined:" in page
    assert "Worked:" in page


@by_name
def test_examples_in_both_languages_can_be_read(method):
    assert any(example.startswith(method.en) for example in method.examples)
    assert any(example.startswith(method.zh) for example in method.examples)
    for example in method.examples:
        text = f'assessment a for 2018 "t" {{\n    let y = {example}\n}}\n'
        _, found = parse(Source(name="example.assess", text=text))
        assert found == ()


@by_name
def test_parameters_are_told_apart_in_both_languages(method):
    for names in ([p.en for p in method.parameters], [p.zh for p in method.parameters]):
        assert len(set(names)) == len(names)
    for parameter in method.parameters:
        assert (parameter.sort is Sort.WORD) == bool(parameter.choices)
        assert len(parameter.said) in (0, len(parameter.choices))
        assert parameter.of is None or parameter.of in {p.en for p in method.parameters}


@by_name
def test_promised_directions_name_parameters(method):
    names = {parameter.en for parameter in method.parameters}
    assert set(method.rising) | set(method.falling) <= names
    assert not set(method.rising) & set(method.falling)


@by_name
def test_needed_policies_are_ones_that_a_file_can_state(method):
    assert set(method.needs) <= POLICY_KEYS


@by_name
def test_the_sentence_says_the_result_in_both_languages(method):
    for text in (method.sentence.en, method.sentence.zh):
        assert "{result}" in text


def test_no_name_is_taken_twice():
    names = [registry.fold(name) for method in METHODS for name in (method.en, method.zh)]
    assert len(set(names)) == len(names)


def test_every_problem_code_in_the_sources_is_known():
    quoted = {
        line.split('code="')[1].split('"')[0]
        for method in METHODS
        for line in inspect.getsource(inspect.getmodule(type(method))).splitlines()
        if 'code="' in line
    }
    assert quoted <= set(CODES)


# ── methods of other distributions ───────────────────────────────────────────────────────────────────────────────────


class Halved(Method):
    """Half of a value."""

    en, zh, yields = "halved", "折半", Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE),)
    sentence = Text(en="{result}", zh="{result}")


@pytest.fixture
def fresh_registry():
    registry.methods.cache_clear()
    yield
    registry.methods.cache_clear()


def test_a_method_of_another_distribution_is_found_by_its_entry_point(monkeypatch, fresh_registry):
    def points(*, group):
        assert group == "assessment.methods"
        return [SimpleNamespace(name="halved", load=lambda: Halved)]

    monkeypatch.setattr(registry, "entry_points", points)
    known = registry.by_name(registry.methods())
    assert known["halved"] is known["折半"]
    assert isinstance(known["halved"], Halved)


def test_a_name_that_is_taken_is_refused(monkeypatch, fresh_registry):
    class Again(Halved):
        en = "attain"

    monkeypatch.setattr(registry, "entry_points", lambda **_: [SimpleNamespace(name="x", load=Again)])
    with pytest.raises(Exception, match="two methods are called `attain`"):
        registry.methods()


# ── what a method must do, on drawn calls and data ───────────────────────────────────────────────────────────────────

amounts = st.sampled_from(
    [Fraction(text) for text in ["-1", "0", "1/2", "1", "2", "5/2", "3", "6", "10", "12"]]
)
positive = st.sampled_from([Fraction(text) for text in ["1/20", "1/2", "1", "2", "5/2", "6", "10"]])
statuses = st.sampled_from([Absence.NOT_APPLICABLE, Absence.NOT_REPORTED, Absence.UNDEFINED])
rates = st.sampled_from([Fraction(0), Fraction(1, 20), Fraction(3, 5), Fraction(1), Fraction(6, 5)])
PLAIN = number(Entity.REGION)


def measured(name):
    return n.Input(name=name, type=PLAIN, low=Fraction(-1), high=Fraction(12))


@st.composite
def calls(draw, method):
    """A call that nothing is wrong with, over plain numbers: optional arguments are there or not as that allows."""
    full = {parameter.en: draw(argument(method, parameter)) for parameter in method.parameters}
    policies = {
        "all equal": draw(st.sampled_from(["full", "half", "zero", "undefined"])),
        "ties": draw(st.sampled_from(["min", "max", "mean", "dense"])),
    }
    table = draw(tables(method))
    choices = list(subsets([p for p in method.parameters if p.optional or p.default is not None]))
    start = draw(st.integers(0, len(choices) - 1))
    for left_out in (*choices[start:], *choices[:start]):
        call = Call(arguments=full | left_out, policies=policies, **table)
        if method.check(call) == ():
            return call
    return reject()


def subsets(parameters):
    """Every choice of parameters that are left out, with what stands in their place."""
    for chosen in product((False, True), repeat=len(parameters)):
        yield {p.en: default(p) for p, out in zip(parameters, chosen, strict=True) if out}


def default(parameter):
    if isinstance(parameter.default, Fraction):
        return b.const(parameter.default, {Sort.RATE: RATE, Sort.POINTS: POINTS}.get(parameter.sort))
    return parameter.default


@st.composite
def argument(draw, method, parameter):
    if parameter.unlimited and draw(st.booleans()):
        return UNLIMITED[0]
    match parameter.sort:
        case Sort.MEASURE | Sort.NUMBER:
            return measured(parameter.en)
        case Sort.LIKE if parameter.many:
            return tuple(measured(f"{parameter.en}{place}") for place in range(draw(st.integers(1, 3))))
        case Sort.LIKE:
            return measured(parameter.en) if draw(st.booleans()) else b.const(draw(amounts))
        case Sort.STEP:
            return b.rate(draw(positive)) if draw(st.booleans()) else b.const(draw(positive))
        case Sort.DIFFERENCE:
            return b.const(draw(positive))
        case Sort.RATE:
            return b.rate(draw(rates))
        case Sort.POINTS:
            return b.points(draw(st.integers(0, 8)))
        case Sort.WORD:
            return draw(st.sampled_from([english for english, _ in parameter.choices]))
        case Sort.REGION:
            return draw(st.sampled_from(["r0", "r9"]))
        case Sort.WHOLE:
            return draw(st.integers(parameter.low or 0, (parameter.low or 0) + 2))
        case Sort.CONDITION:
            return n.Input(name=parameter.en, type=YESNO)
        case Sort.LEVEL:
            return n.Input(name=parameter.en, type=Type(kind=Kind.LEVEL, levels=LEVELS))
        case Sort.ROWS if method.rows is Rows.EVENTS:
            type_ = Type(kind=Kind.LEVEL, entity=Entity.ROW, rows_of=parameter.en, levels=LEVELS)
            return n.Input(name=parameter.en, type=type_)
        case Sort.ROW_CONDITION:
            return field_of(parameter, Kind.YESNO)
        case Sort.FIELD:
            kinds = {"once": Kind.LABEL, "kind": Kind.LEVEL}
            return field_of(parameter, kinds.get(parameter.en, Kind.NUMBER))
        case Sort.ROWS:
            type_ = Type(kind=Kind.NUMBER, entity=Entity.ROW, rows_of=parameter.en)
            return n.Input(name=parameter.en, type=type_, low=Fraction(-1), high=Fraction(12))


def field_of(parameter, kind):
    """A field of the rows that another parameter is about."""
    levels = LEVELS if kind is Kind.LEVEL else ()
    type_ = Type(kind=kind, entity=Entity.ROW, rows_of=parameter.of, levels=levels)
    return n.Input(name=f"{parameter.of}.{parameter.en}", type=type_)


@st.composite
def tables(draw, method):
    points = st.integers(-2, 8).map(b.points)
    match method.rows:
        case Rows.NONE:
            return {}
        case Rows.BANDS:
            ends = sorted(draw(st.sets(amounts, min_size=1, max_size=3)), reverse=True)
            bands = tuple(Band(range=n.Range(low=b.const(end)), value=draw(points)) for end in ends)
            return {"bands": bands, "otherwise": draw(points)}
        case Rows.CURVE:
            knots = sorted(draw(st.sets(amounts, min_size=2, max_size=4)))
            label = Text.same("row")
            return {"entries": tuple(Entry(key=b.const(x), value=draw(points), label=label) for x in knots)}
        case Rows.LEVELS | Rows.EVENTS:
            earned = sorted(draw(st.lists(st.integers(0, 8), min_size=3, max_size=3)), reverse=True)
            keys = [b.const(place, Type(kind=Kind.LEVEL, levels=LEVELS)) for place in range(3)]
            rows = zip(keys, earned, LEVELS, strict=True)
            entries = tuple(Entry(key=k, value=b.points(p), label=Text.same(w)) for k, p, w in rows)
            most = draw(st.integers(0, 8))
            caps = tuple(Entry(key=key, value=b.points(most), label=Text.same("cap")) for key in keys)
            return {"entries": entries, "caps": caps if method.rows is Rows.EVENTS else ()}
        case Rows.CHECKS:
            yes = Entry(key=n.Input(name="yes", type=YESNO), value=draw(points), label=Text.same("yes"))
            limit = b.points(draw(st.integers(0, 4))) if draw(st.booleans()) else None
            count = Entry(key=measured("n"), value=draw(points), label=Text.same("n"), each=True, up_to=limit)
            return {"entries": (yes, count)}
        case Rows.DECISIONS:
            label = Text.same("row")
            above = b.compare(">=", measured("x"), b.const(draw(amounts)))
            yes = n.Input(name="yes", type=YESNO)
            both = Entry(key=b.both(yes, above), value=draw(points), label=label)
            return {
                "entries": (both, Entry(key=yes, value=draw(points), label=label)),
                "otherwise": draw(points),
            }
        case Rows.TIERS:
            ends = [Fraction(0), *sorted(draw(st.sets(positive, min_size=1, max_size=3)))]
            return {
                "bands": tuple(
                    Band(range=n.Range(low=b.const(low), high=b.const(high)), value=draw(points))
                    for low, high in pairwise(ends)
                )
                + (
                    (Band(range=n.Range(low=b.const(ends[-1])), value=draw(points)),)
                    * draw(st.integers(0, 1))
                )
            }
        case Rows.COUNTS | Rows.WEIGHTS:
            values = rates.map(b.rate) if method.rows is Rows.COUNTS else positive.map(b.const)
            return {
                "entries": tuple(
                    Entry(key=measured(f"n{place}"), value=draw(values), label=Text.same("row"))
                    for place in range(draw(st.integers(1, 3)))
                )
            }


@st.composite
def fields(draw, node, *, absent=True):
    """Data for all that a graph reads, over a few regions of one or two groups."""
    size = draw(st.integers(1, 4))
    read = {(one.name, period): one for one, period in order((node,)) if isinstance(one, n.Input)}
    # The fields of one input have its rows.
    counts = [draw(st.integers(0, 5) | statuses if absent else st.integers(0, 5)) for _ in range(size)]
    cells = {
        (name, YEAR + period): tuple(draw(cell(one.type, absent, counts[place])) for place in range(size))
        for (name, period), one in read.items()
    }
    return Facts(
        regions=tuple(f"r{place}" for place in range(size)),
        groups=tuple(draw(st.sampled_from(["g", "h"])) for _ in range(size)),
        reference=tuple(draw(st.booleans()) and place > 0 for place in range(size)),
        period=YEAR,
        cells=cells,
    )


def cell(type_, absent, count):
    present = amounts
    if type_.kind is Kind.YESNO:
        present = st.booleans()
    elif type_.kind is Kind.LEVEL:
        present = st.integers(0, 2).map(Fraction)
    elif type_.kind is Kind.LABEL:
        present = st.sampled_from("pq")
    if type_.entity is Entity.ROW:
        if isinstance(count, Absence):
            return st.just(count)
        return st.lists(present, min_size=count, max_size=count).map(tuple)
    return present | statuses if absent else present


def is_present(value):
    return not isinstance(value, Absence) and value is not UNDECIDED


# Limits between parameters refuse many drawn calls; that is no fault of the draw.
few = settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much])


@by_name
@few
@given(data=st.data())
def test_the_kind_of_the_result_is_the_promised_one(method, data):
    kind = method.lower(data.draw(calls(method))).node.type.kind
    allowed = {
        Yields.RATE: {Kind.RATE},
        Yields.POINTS: {Kind.POINTS},
        Yields.SCORE: {Kind.RATE, Kind.POINTS},
    }
    assert kind in allowed.get(method.yields, set(Kind) - {Kind.PERCENT})


@by_name
@few
@given(data=st.data())
def test_what_a_sentence_names_is_there(method, data):
    call = data.draw(calls(method))
    lowered = method.lower(call)
    known = {"result", "branch"} | {note.name for note in lowered.notes}
    for name, value in call.arguments.items():
        if isinstance(value, tuple):
            known |= {f"{name}{place}" for place in range(1, len(value) + 1)}
        elif isinstance(value, n.Base):
            known.add(name)
    said = method.say(call)
    for text in (said.en, said.zh):
        assert set(PLACEHOLDER.findall(text)) <= known
        assert "{result}" in text


@by_name
@few
@given(data=st.data())
def test_present_results_lie_within_the_contract(method, data):
    lowered = method.lower(data.draw(calls(method)))
    values = run((lowered.node,), data.draw(fields(lowered.node))).of(lowered.node)
    for value in filter(is_present, values):
        assert lowered.low is None or compare(value, lowered.low) >= 0
        assert lowered.high is None or compare(value, lowered.high) <= 0


@pytest.mark.parametrize("method", SCORES, ids=lambda method: method.en)
@few
@given(data=st.data())
def test_every_score_map_but_a_count_without_limit_promises_bounds(method, data):
    call = data.draw(calls(method))
    lowered = method.lower(call)
    open_count = any(entry.each for entry in call.entries)
    unheld = any(value == "none" for value in call.arguments.values() if isinstance(value, str))
    assert open_count or unheld or (lowered.low is not None and lowered.high is not None)


@pytest.mark.parametrize("method", SUBJECTED, ids=lambda method: method.en)
@few
@given(data=st.data())
def test_what_does_not_apply_gets_no_score_and_no_measure(method, data):
    call = data.draw(calls(method))
    subject = call.arguments[method.parameters[0].en]
    lowered = method.lower(call)
    facts = data.draw(fields(lowered.node))
    # The fields of rows go with them.
    gone = evolve(
        facts,
        cells={
            key: (Absence.NOT_APPLICABLE, *column[1:])
            if key == (subject.name, YEAR) or key[0].startswith(f"{subject.name}.")
            else column
            for key, column in facts.cells.items()
        },
    )
    assert run((lowered.node,), gone).of(lowered.node)[0] is Absence.NOT_APPLICABLE


@by_name
@few
@given(data=st.data())
def test_the_order_of_the_regions_changes_nothing(method, data):
    lowered = method.lower(data.draw(calls(method)))
    facts = data.draw(fields(lowered.node))
    turned = evolve(
        facts,
        regions=facts.regions[::-1],
        groups=facts.groups[::-1],
        reference=facts.reference[::-1],
        cells={key: column[::-1] for key, column in facts.cells.items()},
    )
    straight = run((lowered.node,), facts).of(lowered.node)
    assert run((lowered.node,), turned).of(lowered.node) == straight[::-1]


@pytest.mark.parametrize("method", DIRECTED, ids=lambda method: method.en)
@few
@given(data=st.data())
def test_results_move_in_the_promised_direction(method, data):
    call = data.draw(calls(method))
    # Where all are equal a policy below the base makes a valley; directions hold for the policy of full marks.
    call = evolve(call, policies={**call.policies, "all equal": "full"})
    rising, falling = method.directions(call)
    moved = [
        name for name in (*rising, *falling) if isinstance(call.arguments[name], (n.Const, n.Input, tuple))
    ]
    assume(moved)
    name = data.draw(st.sampled_from(moved))
    sign = 1 if name in rising else -1
    lowered = method.lower(call)
    facts = data.draw(fields(lowered.node, absent=False))
    before = run((lowered.node,), facts).of(lowered.node)[0]
    argument_ = call.arguments[name]
    node = argument_[0] if isinstance(argument_, tuple) else argument_
    more = data.draw(positive)
    if isinstance(node, n.Input):
        column = facts.cells[node.name, YEAR]
        first = tuple(one + more for one in column[0]) if isinstance(column[0], tuple) else column[0] + more
        facts = evolve(facts, cells={**facts.cells, (node.name, YEAR): (first, *column[1:])})
    else:
        larger = b.const(constant(node) + more, node.type)
        call = evolve(call, arguments={**call.arguments, name: larger})
        assume(method.check(call) == ())
        lowered = method.lower(call)
    after = run((lowered.node,), facts).of(lowered.node)[0]
    if is_present(before) and is_present(after):
        assert compare(after, before) * sign >= 0
