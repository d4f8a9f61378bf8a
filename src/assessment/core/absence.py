"""Why a value is not there: five kinds of absence, told apart everywhere, and never a number."""

from __future__ import annotations

from enum import Enum

from assessment.diagnostics.bilingual import Text


class Absence(Enum):
    """A kind of absence; where several meet in one operation, the first in this order wins.

    >>> Absence.first((Absence.UNDEFINED, Absence.NOT_REPORTED)).label.en
    'not reported'
    """

    NOT_APPLICABLE = "not applicable"
    NOT_REPORTED = "not reported"
    WITHHELD = "withheld"
    NOT_YET_AVAILABLE = "not yet available"
    UNDEFINED = "undefined"

    @property
    def label(self) -> Text:
        """The name of the absence in both languages."""
        return _LABELS[self]

    @staticmethod
    def first(met: tuple[Absence, ...]) -> Absence:
        """The absence that wins among those that meet; `met` is not empty."""
        return min(met, key=_ORDER.__getitem__)


ALL_ABSENCES = frozenset(Absence)

_ORDER = {absence: place for place, absence in enumerate(Absence)}

_LABELS = {
    Absence.NOT_APPLICABLE: Text(en="not applicable", zh="不适用"),
    Absence.NOT_REPORTED: Text(en="not reported", zh="未报"),
    Absence.WITHHELD: Text(en="withheld", zh="保密"),
    Absence.NOT_YET_AVAILABLE: Text(en="not yet available", zh="尚未公布"),
    Absence.UNDEFINED: Text(en="undefined", zh="无意义"),
}
