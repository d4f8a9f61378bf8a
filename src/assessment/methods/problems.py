"""Problems between arguments that several methods report in the same words."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Problem


def beside_a_field(call: Call, named: Mapping[str, str]) -> tuple[Problem, ...]:
    """The problems that arguments, by both their names, stand beside `within`: the field gives what they would say."""
    return tuple(
        superfluous(en, zh, "within", "范围")
        for en, zh in named.items()
        if call.arguments.get(en) is not None
    )


def superfluous(en: str, zh: str, beside_en: str, beside_zh: str) -> Problem:
    """The problem that an argument stands beside one with which it has no meaning."""
    return Problem(
        code="too-many-arguments",
        text=Text(
            en=f"`{en}` has no meaning beside `{beside_en}`",
            zh=f"有 `{beside_zh}` 时，参数 `{zh}` 没有意义",
        ),
        at=en,
        also=beside_en,
        help=Text(en=f"take out `{en}`", zh=f"删去 `{zh}`"),
    )
