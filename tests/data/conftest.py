"""A small rule set, built by hand, and ways of reading data against it."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from assessment import units
from assessment.core.absence import Absence
from assessment.core.types import Entity, Kind, Type
from assessment.data.read import read
from assessment.diagnostics import Severity, Source, Span
from assessment.semantics.model import Bounds, CheckedRules, Group, Input, Member, Scale, ScoreNode

SPAN = Span(source=Source(name="test.assess", text=""), start=0, end=0)


def quantity(unit: str, kind: Kind = Kind.QUANTITY) -> Type:
    return Type(kind=kind, unit=units.unit(unit))


def number(name: str, title: str, unit: str, **more: object) -> Input:
    kinds = {"%": Kind.SHARE, "pp": Kind.PP, "分": Kind.POINTS}
    type_ = Type(kind=kinds[unit]) if unit in kinds else quantity(unit, more.pop("kind", Kind.QUANTITY))
    return Input(name=name, title=title, form="number", type=type_, unit=unit, span=SPAN, **more)


INPUTS = (
    number("rd", "研发经费", "亿元", aliases=("R&D经费",), bounds=Bounds(low=Fraction(0))),
    number("gdp", "地区生产总值", "亿元", bounds=Bounds(low=Fraction(0), low_closed=False)),
    number("people", "常住人口", "万人"),
    number("firms", "高新技术企业数", "家", kind=Kind.COUNT, whole=True, bounds=Bounds(low=Fraction(0))),
    number("share", "高新占比", "%", bounds=Bounds(low=Fraction(0), high=Fraction(1))),
    number("rise", "占比增幅", "pp"),
    Input(name="plan", title="出台意见", form="yes/no", type=Type(kind=Kind.YESNO), span=SPAN),
    Input(
        name="grade",
        title="治理评定",
        form="choice",
        type=Type(kind=Kind.LEVEL, levels=("好", "较好", "一般")),
        levels=("好", "较好", "一般"),
        span=SPAN,
    ),
    Input(
        name="panel",
        title="专家评分",
        form="ratings",
        type=Type(kind=Kind.POINTS, entity=Entity.ROW, rows_of="panel"),
        bounds=Bounds(low=Fraction(0), high=Fraction(100)),
        span=SPAN,
    ),
    Input(
        name="awards",
        title="表彰",
        form="events",
        type=Type(kind=Kind.LEVEL, entity=Entity.ROW, levels=("国家级", "省级"), rows_of="awards"),
        levels=("国家级", "省级"),
        span=SPAN,
    ),
    number(
        "patents",
        "发明专利",
        "件",
        kind=Kind.COUNT,
        whole=True,
        codes={"-9999": Absence.NOT_REPORTED, "无": Absence.NOT_APPLICABLE},
    ),
)

GROUPS = (
    Group(
        name="county",
        title="县（市、区）",
        reference=False,
        members=(
            Member(name="东昌府区"),
            Member(name="茌平县", aliases=("茌平",)),
            Member(name="冠县"),
        ),
        span=SPAN,
    ),
    Group(name="zone", title="市属开发区", reference=False, members=(Member(name="高新区"),), span=SPAN),
)
CITY = Group(
    name="city",
    title="全市平均线",
    reference=True,
    members=(Member(name="聊城市", aliases=("全市",)),),
    span=SPAN,
)


def make_rules(*, groups: tuple[Group, ...] = GROUPS, inputs: tuple[Input, ...] = INPUTS) -> CheckedRules:
    return CheckedRules(
        name="test",
        year=2018,
        title="",
        authority=(),
        scale=Scale(name="total", points=Fraction(100), low=Fraction(0), high=Fraction(100)),
        groups=groups,
        classes=(),
        departments=(),
        inputs=inputs,
        measures=(),
        targets=(),
        tree=ScoreNode(path="total", level="total", name="total", span=SPAN),
        policies={},
        rounding={},
        carry="full",
        compare="full",
        ranking=None,
        grades=(),
        limits=(),
        assumptions=(),
        left_out=(),
        language="zh",
        span=SPAN,
    )


class Reading:
    """What one call of `read` gave, with short ways to look at it."""

    def __init__(self, data, diagnostics):
        self.data = data
        self.diagnostics = diagnostics

    @property
    def errors(self):
        return [one for one in self.diagnostics if one.severity is Severity.ERROR]

    @property
    def codes(self):
        return [one.code for one in self.errors]

    @property
    def notes(self):
        return [one.code for one in self.diagnostics if one.severity is Severity.NOTE]

    @property
    def places(self):
        return [one.span.text("en") if one.span is not None else None for one in self.errors]

    def observation(self, name="rd", region="冠县", period=2018):
        assert self.errors == []
        return self.data.observations[name, period, region]

    def value(self, name="rd", region="冠县", period=2018):
        return self.observation(name, region, period).value


@pytest.fixture(scope="session")
def make():
    return make_rules


@pytest.fixture(scope="session")
def city_rules() -> CheckedRules:
    return make_rules(groups=(*GROUPS, CITY))


@pytest.fixture(scope="session")
def open_rules() -> CheckedRules:
    return make_rules(groups=())


@pytest.fixture(scope="session")
def rules() -> CheckedRules:
    return make_rules()


@pytest.fixture(scope="session")
def reading(rules) -> Callable[..., Reading]:
    def call(source, **options) -> Reading:
        data, diagnostics = read(source, options.pop("rules", rules), **options)
        return Reading(data, diagnostics)

    return call


@pytest.fixture(scope="session")
def cell(reading):
    """Read one cell as a value of an input of 冠县 in 2018, through the text of a table."""

    def call(name: str, text: str, heading: str | None = None, **options) -> Reading:
        quoted = text.replace('"', '""')
        return reading(f'region,{heading or name}\n冠县,"{quoted}"\n', **options)

    return call
