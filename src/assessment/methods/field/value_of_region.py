"""The value of one named region, whoever asks (指定地区值)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Sort, Yields


class ValueOfRegion(Method):
    """The value of one named region, for every region that asks: the city, the province, or a neighbour to be compared with.

    `value of x for region`, in the unit and kind of the value. A region that serves as a reference only stands in a group
    marked `reference`: it is scored, but stands outside ranks and statistics.

    Undefined: where the value of that region is; where the data have no such region it is *not reported*.
    Source: comparison with the figure of the city or the province (高于全市平均水平, 以全省平均值为参照).
    Worked: with 2.5 % for the city and 2 % for a county, `x - value_of_region(x, region: City)` is -0.5 percentage points for
    the county and 0 for the city.
    """

    en = "value_of_region"
    zh = "指定地区值"
    yields = Yields.MEASURE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(
            en="region",
            zh="地区",
            sort=Sort.REGION,
            about=Text(en="whose value is taken", zh="取哪个地区的数值"),
        ),
    )
    sentence = Text(en="the value of {region} is {result}", zh="{region}的数值为{result}")
    examples = (
        'value_of_region(x, region: "City")',
        "指定地区值（研发占比，地区：全市）",
    )

    def lower(self, call: Call) -> Lowered:
        return Lowered(node=b.refer(call.word("region"), call.node("x")))
