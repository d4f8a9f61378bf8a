"""A scheme of ten points and an index, small enough to work by hand."""

import pytest

import assessment
from assessment.result import Result

SCHEME = """assessment t.mini for 2018 "Mini" {
    authority "doc 1"
    total 10 points
    round indicator half-up to 2 places; total half-up to 2 places
    compare rounded
    policies { missing: zero; undefined: zero; not applicable: rescale in category; ties: min }
    rank within group; order total
    group g "The group" { A; B; C }
    department d "Office"
    input rd "R&D spending" in 亿元 { from d; range >= 0 }
    input gdp "Output" in 亿元 { from d; range > 0 }
    input fraud "Fraud" yes/no { from d; missing counts as no }
    let share "R&D share" = rd / gdp in %
    category one "One" {
        indicator 1 ※ "Research" 6 points {
            by d
            cite "doc" item 1
            part level 4 points = attain(share, target: 2.1%)
            part growth 2 points = attain(change(share), target: 0.2 pp)
            assume "level and growth"
        }
        indicator 2 "Steps" 4 points {
            by d
            cite "doc" item 2
            score = bands(share) { >= 2%: 4 points; otherwise: 1 point }
            not applicable to g when unreported rd -> rescale in category
        }
    }
    grade good >= 6 points
    grade fair otherwise
    limit when fraud: grade at most fair
}
"""

INDEX = """assessment t.index for 2018 "Index" {
    authority "doc 2"
    result index on 0 to 1, published half-up to 3 places, ranked on rounded
    policies { missing: not computed; ties: min }
    input a "A" in years { range >= 0 }
    input b "B" in years { range >= 0 }
    input c "C" in years { range >= 0 }
    category x "X" weight 1 = goalposts(a, from: 0 years, to: 10 years)
    category y "Y" weight 1 join mean {
        indicator p "P" weight 2 { score = goalposts(b, from: 0 years, to: 10 years) }
        indicator q "Q" weight 1 { score = goalposts(c, from: 0 years, to: 10 years) }
    }
    join geometric
}
"""


@pytest.fixture(scope="session")
def mini() -> Result:
    """A: 2.1 % (the year before 2.0 %), B: 1.5 % (1.5 %), C: output alone."""
    rules = assessment.load(SCHEME)
    data = assessment.read_data(
        {
            2018: {
                "A": {"rd": "10.5", "gdp": "500", "fraud": "yes"},
                "B": {"rd": "3", "gdp": "200"},
                "C": {"gdp": "100"},
            },
            2017: {
                "A": {"rd": "10", "gdp": "500"},
                "B": {"rd": "3", "gdp": "200"},
                "C": {"gdp": "100"},
            },
        },
        rules,
    )
    return rules.evaluate(data)


@pytest.fixture(scope="session")
def index() -> Result:
    """N: the roots of 1/2 · 1/3 · …; D: a country that reports nothing for C."""
    rules = assessment.load(INDEX)
    data = assessment.read_data(
        {"N": {"a": "5", "b": "4", "c": "7"}, "M": {"a": "8", "b": "8", "c": "8"}, "D": {"a": "5", "b": "4"}},
        rules,
        period=2018,
    )
    return rules.evaluate(data, period=2018)
