"""The subtotal of the key indicators and the limits say what they were made from."""

from fractions import Fraction

from assessment.audit.sentences import sentence
from assessment.result import Result


def test_the_key_subtotal_is_the_sum_of_its_scores_and_one_rounding(liaocheng: Result) -> None:
    for one in liaocheng:
        added, rounded = one.breakdown.key_steps
        scores = [part.amount.value for part in added.ingredients]
        assert [part.name for part in added.ingredients] == [
            f"indicator {number}" for number in (2, 5, 6, 10, 11)
        ]
        assert sum(scores, Fraction(0)) == added.result.value
        assert rounded.result.value == Fraction(str(one.key_total))


def test_a_limit_names_the_scores_that_made_it_hold(liaocheng: Result) -> None:
    (limit,) = liaocheng["茌平县"].breakdown.limits
    (reason,) = limit.ingredients
    # 10 ※: a decision is lacking, four policies earn 4 of 8 points.
    assert (reason.name, reason.amount.value) == ("indicator 10", Fraction(1, 2))
    assert "指标 10" in sentence(limit, "zh")
    assert "50%" in sentence(limit, "zh")


def test_a_limit_on_an_input_reads_no_score(liaocheng: Result) -> None:
    limits = liaocheng["开发区"].breakdown.limits
    fraud = next(step for step in limits if "严重失信" in step.formula)
    assert fraud.ingredients == ()
