"""Random score trees against a second, plain calculation of what their scores must be."""

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import assessment

# Each example loads a rule file of its own, which is most of the time it takes.
LAW = settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

RATES = [Fraction(n, 1000) for n in (0, 1, 5, 333, 495, 500, 505, 666, 995, 999, 1000)]


class Node:
    """A node of a tree: leaves have an input, the rest children; `points` are those of the leaf."""

    def __init__(self, children=(), *, join="sum", points=None, rate=None, exempt=None):
        self.children, self.join, self.own, self.rate, self.exempt = (
            list(children),
            join,
            points,
            rate,
            exempt,
        )
        self.path = self.input = ""

    @property
    def points(self):
        if self.children:
            if self.join in ("min", "max"):
                return self.own
            return sum(child.points for child in self.children)
        return self.own


LEAVES = st.builds(
    Node,
    points=st.integers(1, 9).map(Fraction),
    rate=st.sampled_from([*RATES, None, None, None]),
    exempt=st.sampled_from([None, None, None, "full", "zero", "rescale in category"]),
)


def parents(children, *, least=1):
    added = st.lists(children, min_size=least, max_size=3).map(Node)

    def whole(drawn):
        below, join, points = drawn
        for child in below:
            child.own = points
        return Node(below, join=join, points=points)

    chosen = st.tuples(
        st.lists(LEAVES, min_size=2, max_size=3),
        st.sampled_from(["min", "max"]),
        st.integers(1, 9).map(Fraction),
    ).map(whole)
    return added, chosen


ADDED, CHOSEN = parents(LEAVES, least=2)
INDICATORS = st.one_of(LEAVES, LEAVES, ADDED, CHOSEN)
CATEGORIES = st.lists(INDICATORS, min_size=1, max_size=3).map(Node)
TREES = st.lists(CATEGORIES, min_size=1, max_size=3).map(Node)


def text_of(root, *, missing, round_, carry):
    """The rule file of a tree; every leaf reads an input of its own."""
    inputs, body, number = [], [], 0
    for place, category in enumerate(root.children):
        category.path = f"category c{'x' * place}"
        body.append(f"{category.path} {{")
        for indicator in category.children:
            number += 1
            indicator.path = f"indicator {number}"
            body.append(f"{indicator.path} {exact(indicator.points)} points {_rest(indicator, inputs)}")
        body.append("}")
    return "\n".join(
        [
            "assessment t.random for 2018 {",
            f"total {exact(root.points)} points",
            round_,
            f"carry {carry}",
            f"policies {{ missing: {missing}; not applicable: rescale in category; ties: min }}",
            "rank none",
            "group g { R; S }",
            *inputs,
            *body,
            "}",
        ]
    )


def exact(points):
    return str(int(points))


def _rest(node, inputs):
    if not node.children:
        node.input = f"v{'x' * len(inputs)}"
        inputs.append(f"input {node.input} in % {{ range 0% to 100% }}")
        exempt = "" if node.exempt is None else f"not applicable to g -> {node.exempt}"
        return f"{{ score = judged({node.input}) {exempt} }}"
    parts = []
    for place, child in enumerate(node.children):
        name = f"p{'x' * place}"
        child.path = f"{node.path}.{name}"
        parts.append(f"part {name} {exact(child.points)} points {_rest(child, inputs)}")
    return f"join {node.join} {{ {' '.join(parts)} }}"


def leaves(node):
    return [node] if not node.children else [leaf for child in node.children for leaf in leaves(child)]


# ── the second calculation ───────────────────────────────────────────────────────────────────────────────────────────


def rate_of(leaf, missing):
    """The rate of a leaf, or None where it is left out."""
    if leaf.exempt is not None:
        return {"full": Fraction(1), "zero": Fraction(0)}.get(leaf.exempt)
    if leaf.rate is None:
        return {"full": Fraction(1), "zero": Fraction(0)}.get(missing)
    return leaf.rate


def is_kept(node, missing):
    if not node.children:
        return rate_of(node, missing) is not None
    return any(is_kept(child, missing) for child in node.children)


def scored(node, possible, missing, places, carried, found, level=0):
    """Fills `found` with (score, points possible) by path; gives what the parent adds."""
    if not is_kept(node, missing):
        for one in every(node):
            found[one.path] = (None, Fraction(0))
        return None
    if not node.children:
        score = rate_of(node, missing) * possible
    else:
        kept = sum(child.points for child in node.children if is_kept(child, missing))
        below = []
        for child in node.children:
            share = possible if node.join in ("min", "max") else possible * child.points / kept
            below.append(scored(child, share, missing, places, carried, found, level + 1))
        scores = [score for score in below if score is not None]
        score = {"sum": sum, "min": min, "max": max}[node.join](scores)
    names = ["total", "category", "indicator", "part"]
    published = half_up(score, places[names[level]]) if names[level] in places else score
    found[node.path] = (published, possible)
    return published if carried == "rounded" else score


def every(node):
    return [node, *(one for child in node.children for one in every(child))]


def half_up(value, places):
    whole, rest = divmod(value * 10**places, 1)
    return Fraction(whole + (rest >= Fraction(1, 2)), 10**places)


def percent(rate):
    tenths = int(rate * 1000)
    return f"{tenths // 10}.{tenths % 10}%"


def reported(root):
    return {leaf.input: percent(leaf.rate) for leaf in leaves(root) if leaf.rate is not None}


@LAW
@given(
    root=TREES,
    missing=st.sampled_from(["zero", "full", "rescale in category"]),
    places=st.dictionaries(
        st.sampled_from(["part", "indicator", "category", "total"]), st.integers(0, 2), max_size=3
    ),
    carried=st.sampled_from(["full", "rounded"]),
)
def test_scores_and_points_are_those_of_a_plain_calculation(root, missing, places, carried):
    root.path = "total"
    stated = "; ".join(f"{level} half-up to {count} places" for level, count in sorted(places.items()))
    text = text_of(root, missing=missing, round_=f"round {stated or 'none'}", carry=carried)
    rules = assessment.load(text)
    half = {leaf.input: "50%" for leaf in leaves(root)}
    result = rules.evaluate(assessment.read_data({"R": reported(root), "S": half}, rules))
    expected = {}
    scored(root, root.points, missing, places, carried, expected)
    found = {}
    for line in result["R"].breakdown.root.walk():
        present = isinstance(line.score.value, Fraction)
        found[line.id] = (line.score.value if present else None, line.possible.value)
    if expected["total"][0] is None:
        # Where nothing is kept, the whole still has its points.
        expected["total"] = (None, root.points)
    assert found == expected


@LAW
@given(root=TREES)
def test_published_contributions_add_up_to_the_published_total(root):
    root.path = "total"
    text = text_of(
        root,
        missing="zero",
        round_="round indicator half-up to 1 places; total half-up to 1 places",
        carry="full",
    )
    rules = assessment.load(text)
    half = {leaf.input: "50%" for leaf in leaves(root)}
    one = rules.evaluate(assessment.read_data({"R": reported(root), "S": half}, rules))["R"]
    amounts = [part.amount.value for part in one.breakdown.contributions]
    if one.total is not None:
        assert sum(value for value in amounts if isinstance(value, Fraction)) == Fraction(one.total)
