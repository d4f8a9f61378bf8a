"""Parameters that several methods share, so that one idea has one spelling."""

from __future__ import annotations

from assessment.diagnostics.bilingual import Text
from assessment.methods.base import WHERE, WITHIN, Parameter, Sort

__all__ = ["BETTER", "CLAMP", "COUNTING", "OTHERS", "OWN", "PERIODS", "TIES", "WHERE", "WITHIN"]

BETTER = Parameter(
    en="better",
    zh="方向",
    sort=Sort.WORD,
    choices=(("higher", "越高越好"), ("lower", "越低越好")),
    default="higher",
    about=Text(en="whether a higher or a lower value is better", zh="数值越高越好还是越低越好"),
)
"""The direction of an indicator; higher is better unless the file says otherwise."""

TIES = Parameter(
    en="ties",
    zh="并列",
    sort=Sort.WORD,
    choices=(("min", "取高"), ("max", "取低"), ("mean", "平均"), ("dense", "连续")),
    said=(
        Text(en="the better place", zh="取较高名次"),
        Text(en="the worse place", zh="取较低名次"),
        Text(en="the mean of the places", zh="取名次平均"),
        Text(en="one place, the next not skipped", zh="同一名次且不空位"),
    ),
    optional=True,
    about=Text(
        en="the place of equal values, unless the file's policy says it", zh="数值相同者的名次；未写时从约定"
    ),
)
"""What equal values get; where it is not written, the policy of the file for ties decides."""

CLAMP = Parameter(
    en="clamp",
    zh="限幅",
    sort=Sort.WORD,
    choices=(("both", "两端"), ("none", "不限")),
    said=(
        Text(en="held between the two", zh="限于两值之间"),
        Text(en="not held between the two", zh="不限于两值之间"),
    ),
    optional=True,
)
"""Whether a value beyond two stated ones is held between them; must be written beside stated ones."""

COUNTING = Parameter(
    en="counting",
    zh="计法",
    sort=Sort.WORD,
    choices=(("line", "按比例"), ("whole", "满一步计一步"), ("started", "不足一步按一步")),
    said=(
        Text(en="part of a step counts in proportion", zh="不足一步按比例计"),
        Text(en="only whole steps count", zh="不足一步不计"),
        Text(en="a step that was started counts in full", zh="不足一步按一步计"),
    ),
    about=Text(en="what an incomplete step counts", zh="不足一步如何计"),
)
"""What an incomplete step counts; never a default, because +15 % by steps of 10 % is worth 1, 1.5 or 2 steps."""

OTHERS = Parameter(
    en="others",
    zh="其他",
    sort=Sort.LIKE,
    of="x",
    many=True,
    about=Text(en="the other values, as many as there are", zh="其他数值，个数不限"),
)
"""The further values of a function of several, each of the kind and dimension of the first."""

OWN = Parameter(
    en="own",
    zh="含本单位",
    sort=Sort.WORD,
    choices=(("yes", "是"), ("no", "否")),
    said=(
        Text(en="the region itself included", zh="含本地区"),
        Text(en="without the region itself", zh="不含本地区"),
    ),
    default="yes",
    about=Text(en="whether a region counts itself", zh="统计时是否包括本地区"),
)
"""Whether a region belongs to the field it is compared with; it does unless the file says otherwise."""

PERIODS = Parameter(
    en="periods",
    zh="期数",
    sort=Sort.WHOLE,
    default=1,
    low=1,
    about=Text(en="how many periods back the earlier value lies", zh="与几期之前相比"),
)
"""The distance to the earlier value: one period unless the file says otherwise."""
