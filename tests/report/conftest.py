"""A result with hostile texts, as a rule file or a table might hold them."""

from collections.abc import Iterator, Sequence
from typing import Literal

import pytest
from attrs import evolve, frozen

import assessment
from assessment.audit.record import Breakdown, RegionRecord
from assessment.diagnostics.model import Diagnostic
from assessment.result import Result
from assessment.semantics.model import CheckedRules

EVIL = "<script>alert('x')</script>"


@frozen(kw_only=True)
class Region:
    """A region that only has what reports ask for."""

    region: str
    breakdown: Breakdown


@frozen(kw_only=True)
class Hostile:
    """A result whose names would be run by a spreadsheet or a browser."""

    rules: CheckedRules
    period: int
    labels: tuple[str, ...]
    remarks: tuple[Diagnostic, ...]
    regions: tuple[Region, ...]

    def __iter__(self) -> Iterator[RegionRecord]:
        return iter(self.regions)

    def ranking(self, within: Literal["group", "all"] | None = None) -> Sequence[RegionRecord]:
        del within
        return self.regions


@pytest.fixture
def hostile(liaocheng: Result) -> Hostile:
    names = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", EVIL, "a\u202eb\x1b[31m")
    model = liaocheng["东昌府区"].breakdown
    return Hostile(
        rules=evolve(liaocheng.rules, title=EVIL),
        period=2018,
        labels=(EVIL,),
        remarks=(),
        regions=tuple(
            Region(region=name, breakdown=evolve(model, region=name, title=EVIL)) for name in names
        ),
    )


@pytest.fixture(scope="session")
def index_result() -> Result:
    """R: 1 of 3 years and 2 of 2 (held at 1), so √(1/3) = 0.577…; S: one half of each, so 1/2."""
    rules = assessment.load(
        """assessment t.index for 2018 "Index" {
            authority "doc"
            result index on 0 to 1, published half-up to 3 places, ranked on rounded
            policies { missing: not computed; ties: min }
            input a "A" in years { range >= 0 }
            input b "B" in years { range >= 0 }
            category x "X" weight 1 = goalposts(a, from: 0 years, to: 3 years)
            category y "Y" weight 1 = goalposts(b, from: 0 years, to: 2 years)
            join geometric
        }"""
    )
    data = assessment.read_data({"R": {"a": "1", "b": "3"}, "S": {"a": "1.5", "b": "1"}}, rules, period=2018)
    return rules.evaluate(data, period=2018)
