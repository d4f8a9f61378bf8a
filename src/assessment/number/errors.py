"""What exact arithmetic refuses, each with its reason in English and Chinese."""

from __future__ import annotations

from assessment.diagnostics.bilingual import Text

__all__ = ["NumberError", "TooLarge", "Undecided"]


class NumberError(ValueError):
    """A text or a float is not a number that can be taken exactly; `.reason` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return self.reason.en


class Undecided(ArithmeticError):
    """Two numbers could neither be proved equal nor told apart; `.reason` says how far it was tried."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return self.reason.en


class TooLarge(ArithmeticError):
    """An exact result would need more room than is reasonable; `.reason` names the limit."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return self.reason.en
