"""Problems between arguments that several methods report in the same words."""

from __future__ import annotations

from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Problem


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
