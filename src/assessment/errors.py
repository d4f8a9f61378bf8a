"""What this package raises.

A mistake in rules or data is a value, a `Diagnostic`, until the public API raises it as `RulesError` or
`DataError`. The other exceptions here are for what is not a mistake in rules or data: a missing optional
package, wrong use of the command line or of a function, and a fault of this package itself.

Invariants: every exception has its message in English (`str`) and in Chinese (`in_("zh")`), except
`RulesError` and `DataError`, whose text was rendered by whoever raised them; render `.diagnostics` anew for
another language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # errors is the first layer; at run time it knows nothing of diagnostics
    from assessment.diagnostics.model import Diagnostic

__all__ = [
    "AssessmentError",
    "DataError",
    "InternalError",
    "MissingExtra",
    "RulesError",
    "UsageError",
]


class AssessmentError(Exception):
    """The base of every exception that this package raises on purpose."""

    def in_(self, lang: Literal["en", "zh"]) -> str:
        """The message in one language; the same in both where only one text exists."""
        del lang
        return str(self)


class _FindingsError(AssessmentError):
    """An error that carries diagnostics and the text they were rendered to."""

    diagnostics: tuple[Diagnostic, ...]

    def __init__(self, diagnostics: tuple[Diagnostic, ...], rendered: str) -> None:
        # Both are handed to Exception, so that the error can be copied and pickled.
        super().__init__(diagnostics, rendered)
        self.diagnostics = diagnostics
        self._rendered = rendered

    def __str__(self) -> str:
        return self._rendered


class RulesError(_FindingsError):
    """The rules have mistakes: `.diagnostics` holds all of them, `str` is their rendered text."""


class DataError(_FindingsError):
    """The data have mistakes: `.diagnostics` holds all of them, `str` is their rendered text."""


class _BilingualError(AssessmentError):
    """An error with one sentence in English and one in Chinese."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en, zh)
        self.en = en
        self.zh = zh

    def __str__(self) -> str:
        return self.en

    def in_(self, lang: Literal["en", "zh"]) -> str:
        """The message in English (`en`) or Chinese (`zh`)."""
        return self.zh if lang == "zh" else self.en


class UsageError(_BilingualError):
    """A command or a function was called in a way that has no meaning; says what would."""


class MissingExtra(_BilingualError):
    """An optional package is not installed; names the extra and the command that installs it.

    >>> print(MissingExtra("excel", en="reading an .xlsx file", zh="读取 .xlsx 文件"))
    reading an .xlsx file needs the extra `excel`: run `pip install 'assessment[excel]'`
    """

    def __init__(self, extra: str, en: str, zh: str) -> None:
        command = f"pip install 'assessment[{extra}]'"
        super().__init__(
            f"{en} needs the extra `{extra}`: run `{command}`",
            f"{zh}需要附加组件 `{extra}`：请运行 `{command}`",
        )
        self.extra = extra
        self.command = command
        self._purpose = (en, zh)

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str, str]]:
        return type(self), (self.extra, *self._purpose)


class InternalError(_BilingualError):
    """An invariant of this package is broken: the fault is ours, not the user's.

    >>> print(InternalError("span without source"))
    internal error: span without source; this is a fault of assessment, not of your rules or data
    """

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"internal error: {detail}; this is a fault of assessment, not of your rules or data",
            f"内部错误：{detail}；这是 assessment 自身的缺陷，与您的规则和数据无关",
        )
        self.detail = detail

    def __reduce__(self) -> tuple[type[InternalError], tuple[str]]:
        return type(self), (self.detail,)
