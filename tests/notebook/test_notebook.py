"""What a notebook shows, in the language asked for."""

from typing import Any

import pytest

from assessment.notebook import shown
from assessment.result import Result
from assessment.ruleset import RuleSet


def test_objects_are_shown_in_the_language_asked_for(liaocheng: Result, liaocheng_rules: RuleSet) -> None:
    one: Any
    for one, word in ((liaocheng_rules, "Departments"), (liaocheng, "Rank"), (liaocheng["莘县"], "Grade: ")):
        assert word in shown(one, "en")._repr_html_()
        assert word not in shown(one, "zh")._repr_html_()


def test_anything_else_is_refused() -> None:
    with pytest.raises(TypeError, match="no rule set"):
        shown("a text", "en")  # type: ignore[arg-type]  # the mistake under test
