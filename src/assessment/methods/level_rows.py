"""Rows keyed by levels, and what can be wrong with them: shared by level tables for one level and for events."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import nodes as n
from assessment.core.types import Type
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Problem, constant


def level_ranges(call: Call) -> tuple[n.Range, ...]:
    """The rows as ranges that hold one level each."""
    return tuple(
        n.Range(low=entry.key, high=entry.key, label=entry.label, span=entry.span) for entry in call.entries
    )


def level_problems(call: Call, type_: Type) -> tuple[Problem, ...]:
    """A level with two rows, a level without one, and an `otherwise` that no level needs."""
    found: list[Problem] = []
    row_by_level: dict[Fraction, int] = {}
    for place, entry in enumerate(call.entries):
        level = constant(entry.key)
        if level is None:
            continue
        if level in row_by_level:
            name = type_.levels[int(level)]
            found.append(
                Problem(
                    code="band-overlap",
                    text=Text(en=f"the level `{name}` has two rows", zh=f"等级 `{name}` 有两行"),
                    at=place,
                    also=row_by_level[level],
                    also_text=Text(en="the first row", zh="第一行"),
                    help=Text(en="keep one of them", zh="只保留一行"),
                )
            )
        row_by_level.setdefault(level, place)
    lacking = [name for place, name in enumerate(type_.levels) if Fraction(place) not in row_by_level]
    if lacking and call.otherwise is None:
        found.append(
            Problem(
                code="band-uncovered",
                text=Text(
                    en=f"no row for {', '.join(f'`{name}`' for name in lacking)}",
                    zh=f"缺少等级 {'、'.join(f'`{name}`' for name in lacking)} 的一行",
                ),
                help=Text(en=f"add `{lacking[0]}: 0 points`", zh=f"增加一行 `{lacking[0]}：0 分`"),
            )
        )
    if not lacking and call.otherwise is not None:
        found.append(
            Problem(
                code="band-unreachable",
                text=Text(
                    en="`otherwise` is never reached: every level has its row",
                    zh="“其余”不会用到：每个等级都有一行",
                ),
                help=Text(en="take `otherwise` out", zh="删去“其余”"),
            )
        )
    return tuple(found)
