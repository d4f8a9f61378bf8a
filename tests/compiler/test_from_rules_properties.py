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
    """A node of a tree: leaves have an input, the rest children; `points` are those of the leaf.

    `policy` is what the node's own body says of missing data, None for nothing.
    """

    def __init__(self, children=(), *, join="sum", points=None, rate=None, exempt=None, policy=None):
        self.children, self.join, self.own, self.rate, self.exempt = (
            list(children),
            join,
            points,
            rate,
            exempt,
        )
        self.policy = policy
        self.path = self.input = ""

    @property
    def points(self):
        if self.children:
            if self.join in ("min", "max"):
                return self.own
            return sum(child.points for child in self.children)
        return self.own


OVER_ALL = "rescale over all"
RESCALED = ["rescale in category", OVER_ALL]
# The other region has 50% of everything, so what peers have is a half; where nobody may have it, there are no peers.
PEERS = ["peer mean within group, otherwise zero", "peer lowest within all, otherwise 30%"]
MISSING = ["zero", "full", "40%", *RESCALED, *PEERS]
POLICIES = st.sampled_from([None, None, None, None, *MISSING])
LEAVES = st.builds(
    Node,
    points=st.integers(1, 9).map(Fraction),
    rate=st.sampled_from([*RATES, None, None, None]),
    exempt=st.sampled_from([None, None, None, "full", "zero", *RESCALED, "70%", PEERS[1]]),
    policy=POLICIES,
)


def parents(children, *, least=1):
    added = st.builds(Node, st.lists(children, min_size=least, max_size=3), policy=POLICIES)

    def whole(drawn):
        below, join, points, policy = drawn
        for child in below:
            child.own = points
            # Nothing is rescaled over all where children are not added; a policy that is nearer than the file's says so.
            child.policy = None if child.policy == OVER_ALL else child.policy
            child.exempt = RESCALED[0] if child.exempt == OVER_ALL else child.exempt
        return Node(below, join=join, points=points, policy=policy)

    chosen = st.tuples(
        st.lists(LEAVES, min_size=2, max_size=3),
        st.sampled_from(["min", "max"]),
        st.integers(1, 9).map(Fraction),
        st.sampled_from([said for said in MISSING if said != OVER_ALL]),
    ).map(whole)
    return added, chosen


ADDED, CHOSEN = parents(LEAVES, least=2)
INDICATORS = st.one_of(LEAVES, LEAVES, ADDED, CHOSEN)
CATEGORIES = st.builds(Node, st.lists(INDICATORS, min_size=1, max_size=3), policy=POLICIES)
TREES = st.lists(CATEGORIES, min_size=1, max_size=3).map(Node)


def text_of(root, *, missing, round_, carry):
    """The rule file of a tree; every leaf reads an input of its own."""
    inputs, body, number = [], [], 0
    for place, category in enumerate(root.children):
        category.path = f"category c{'x' * place}"
        body.append(f"{category.path} {{ {_policies(category)}")
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
        return f"{{ {_policies(node)} score = judged({node.input}) {exempt} }}"
    parts = []
    for place, child in enumerate(node.children):
        name = f"p{'x' * place}"
        child.path = f"{node.path}.{name}"
        parts.append(f"part {name} {exact(child.points)} points {_rest(child, inputs)}")
    return f"join {node.join} {{ {_policies(node)} {' '.join(parts)} }}"


def _policies(node):
    return "" if node.policy is None else f"policies {{ missing: {node.policy} }}"


def leaves(node):
    return [node] if not node.children else [leaf for child in node.children for leaf in leaves(child)]


# ── the second calculation ───────────────────────────────────────────────────────────────────────────────────────────


def fate(leaf, missing):
    """The rate of a leaf, or the words by which it is left out; `missing` is the nearest policy."""
    said = leaf.exempt if leaf.exempt is not None else missing if leaf.rate is None else None
    if said is None:
        return leaf.rate
    if said in PEERS:
        # Somebody else's half; where the leaf is exempt, nobody has it, and the last word counts.
        return Fraction(1, 2) if leaf.exempt is None else Fraction(3, 10)
    return {"full": Fraction(1), "zero": Fraction(0), "40%": Fraction(2, 5), "70%": Fraction(7, 10)}.get(
        said, said
    )


def settle(node, missing, share, found):
    """Fills `found` with (fate or None, share) by path: points of what is left out in its category go to siblings."""
    missing = node.policy or missing
    found[node.path] = share
    if not node.children:
        node.fate = fate(node, missing)
        return
    for child in node.children:
        settle(child, missing, Fraction(0), {})
    kept = sum(child.points for child in node.children if not all_are(child, "rescale in category"))
    for child in node.children:
        part = share if node.join in ("min", "max") else share * child.points / kept if kept else 0
        part = Fraction(0) if all_are(child, "rescale in category") else part
        settle(child, missing, part, found)


def all_are(node, *words):
    return all(leaf.fate in words for leaf in leaves(node))


def held(node, shares):
    """The share of a node that is still scored."""
    if all_are(node, *RESCALED):
        return Fraction(0)
    if not node.children or node.join in ("min", "max"):
        # Below `min` and `max` nothing is left out over all.
        return shares[node.path]
    return sum(held(child, shares) for child in node.children)


def scored(node, shares, factor, places, carried, found, level=0):
    """Fills `found` with (score, points possible) by path; gives what the parent adds."""
    if all_are(node, *RESCALED):
        for one in every(node):
            found[one.path] = (None, Fraction(0))
        return None
    possible = held(node, shares) * factor
    if not node.children:
        score = node.fate * possible
    else:
        below = [scored(child, shares, factor, places, carried, found, level + 1) for child in node.children]
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
    missing=st.sampled_from(MISSING),
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
    expected, shares = {}, {}
    settle(root, missing, root.points, shares)
    whole = held(root, shares)
    scored(root, shares, root.points / whole if whole else Fraction(0), places, carried, expected)
    found = {}
    for line in result["R"].breakdown.root.walk():
        present = isinstance(line.score.value, Fraction)
        found[line.id] = (line.score.value if present else None, line.possible.value)
    if expected["total"][0] is None:
        # Where nothing is kept, the whole still has its points.
        expected["total"] = (None, root.points)
    assert found == expected
    # Nothing is lost and nothing is won: what can be earned adds up to the points of the whole.
    if expected["total"][0] is not None:
        assert (
            sum(possible for path, (_, possible) in found.items() if path.startswith("category"))
            == root.points
        )


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


@LAW
@given(root=TREES, data=st.data(), covered=st.booleans())
def test_what_is_missing_never_beats_what_is_reported_where_the_file_gives_it_nothing(root, data, covered):
    root.path = "total"
    for node in every(root):
        node.policy = node.exempt = None
    for leaf in leaves(root):
        leaf.rate = leaf.rate or Fraction(0)
    text = text_of(root, missing="zero", round_="round none", carry="full")
    if covered:
        asked = "coverage at least 2/3 of leaves by weight, not applicable left out -> zero"
        text = text.replace("rank none", f"rank none\n{asked}")
    rules = assessment.load(text)
    whole = reported(root)
    kept = data.draw(st.sets(st.sampled_from(sorted(whole))))
    less = {name: value for name, value in whole.items() if name in kept}
    result = rules.evaluate(assessment.read_data({"R": whole, "S": less}, rules))
    assert result["S"].breakdown.root.exact.value <= result["R"].breakdown.root.exact.value
