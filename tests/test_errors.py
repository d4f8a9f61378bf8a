import copy
import pickle

import pytest

from assessment.diagnostics import Text, diagnostic, render
from assessment.errors import (
    AssessmentError,
    DataError,
    InternalError,
    MissingExtra,
    RulesError,
    UsageError,
)

FOUND = (diagnostic("empty-file", Text(en="the file is empty", zh="文件为空")),)
ERRORS = [
    RulesError(FOUND, render(FOUND)),
    DataError(FOUND, render(FOUND)),
    UsageError("no such region", "没有这个地区"),
    MissingExtra("excel", en="reading an .xlsx file", zh="读取 .xlsx 文件"),
    InternalError("span without source"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_error_survives_copying_and_pickling(error: AssessmentError) -> None:
    copies = [copy.copy(error), pickle.loads(pickle.dumps(error))]  # noqa: S301 - pickled one word before
    assert [(type(one), str(one), one.in_("zh")) for one in copies] == [
        (type(error), str(error), error.in_("zh"))
    ] * 2


@pytest.mark.parametrize("kind", [RulesError, DataError])
def test_findings_are_carried_and_their_text_is_the_message(kind: type[RulesError] | type[DataError]) -> None:
    error = kind(FOUND, render(FOUND))
    assert error.diagnostics == FOUND
    assert str(error) == "error[empty-file]: the file is empty\n\n1 error\n"


def test_missing_extra_names_the_extra_and_the_command() -> None:
    error = MissingExtra("excel", en="reading an .xlsx file", zh="读取 .xlsx 文件")
    assert (error.extra, error.command) == ("excel", "pip install 'assessment[excel]'")
    assert error.in_("zh") == "读取 .xlsx 文件需要附加组件 `excel`：请运行 `pip install 'assessment[excel]'`"


def test_internal_error_says_that_the_fault_is_ours() -> None:
    assert "a fault of assessment" in str(InternalError("x"))


def test_usage_error_has_a_text_in_each_language() -> None:
    error = UsageError("no such region", "没有这个地区")
    assert (str(error), error.in_("en"), error.in_("zh")) == (
        "no such region",
        "no such region",
        "没有这个地区",
    )
