"""Random trees of any depth with every join, ends, bonuses and deductions against a second, plain calculation."""

import re
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import assessment

# Each example loads a rule file of its own, which is most of the time it takes.
LAW = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

# Twelfth powers, so that second, third and fourth roots of their products are rational.
ROOTS = [Fraction(0), Fraction(1, 2), Fraction(4, 5), Fraction(1)]
ABSENT = object()


class Node:
    """What is drawn of a node; `size` is in points, a weight, or None where the node stands for its parent."""

    def __init__(self, kind, join=None, kids=(), size=None, mode="points"):
        self.kind, self.join, self.kids, self.size, self.mode = kind, join, list(kids), size, mode
        self.root = self.exempt = None
        self.form, self.cap, self.floor = "plain", None, None
        self.bonuses, self.order, self.caps = [], None, {}
        self.path = ""

    @property
    def points(self):
        return sum(kid.points for kid in self.kids) if self.join == "sum" else self.size


BELOW = {
    "total": ["category", "indicator"],
    "category": ["category", "indicator"],
    "indicator": ["part"],
    "part": ["part"],
}


@st.composite
def nodes(draw, kind="total", mode="points", depth=0, *, bare=False):
    """A node of one kind among siblings of one mode; a bare one is a leaf that is never below zero."""
    node = Node(kind, mode=mode)
    if mode == "points":
        node.size = draw(st.integers(1, 9))
    elif mode == "weights":
        node.size = draw(st.integers(1, 2))
    leaf = bare or (kind != "total" and (depth >= 3 or draw(st.booleans())))
    if leaf:
        node.root = draw(st.sampled_from([*ROOTS, *ROOTS, ABSENT]))
        node.exempt = draw(st.sampled_from([None, None, None, "full", "zero", "rescale in category"]))
        if not bare:
            # Where there is no size, there is no place for a cap behind it.
            forms = ["plain", "low"] if mode == "whole" else ["plain", "wide", "low"]
            node.form = draw(st.sampled_from(forms))
            node.cap = {"wide": draw(st.sampled_from(["150%", "none"]))}.get(node.form)
            node.floor = {"low": draw(st.sampled_from(["-40%", "none", "20%"]))}.get(node.form)
    else:
        joins = (
            ["sum", "sum", "mean", "min", "max", "geometric", "harmonic"]
            if mode == "points"
            else ["mean", "min", "max"]
        )
        node.join = "sum" if kind == "total" else draw(st.sampled_from(joins))
        below = {"sum": "points", "min": "whole", "max": "whole"}.get(node.join, "weights")
        mean = node.join in ("geometric", "harmonic")
        child = draw(st.sampled_from(BELOW[kind]))
        least = 1 if node.join == "sum" and child != "part" else 2
        kids = nodes(child, below, depth + 1, bare=mean)
        node.kids = draw(st.lists(kids, min_size=least, max_size=2))
        node.cap = "none" if kind == "total" else draw(st.sampled_from(["100%", "110%", "none"]))
        node.cap = None if mode == "whole" else node.cap
        node.floor = draw(st.sampled_from(["0%", "-10%", "none", "10%"]))
    if not bare and draw(st.integers(0, 3)) == 0:
        node.order = draw(st.sampled_from(["before", "after"]))
        for sort in draw(st.lists(st.sampled_from(["bonus", "deduction"]), min_size=1, max_size=3)):
            gain = draw(st.sampled_from([Fraction(0), Fraction(1), Fraction(3, 2), Fraction(4), ABSENT]))
            node.bonuses.append((sort, draw(st.sampled_from([1, 2, None])), gain))
        for sort in {sort for sort, _, _ in node.bonuses}:
            node.caps[sort] = draw(st.sampled_from([None, 2]))
    return node


def text_of(root, *, missing):
    """The rule file of a tree, and the data for it; every leaf and every bonus reads an input of its own."""
    inputs, data, count = [], {}, {"category": 0, "indicator": 0, "bonus": 0}

    def named(node, place, above):
        if node.kind == "part":
            name = f"p{'x' * place}"
            node.path = f"{above.path}.{name}"
            return f"part {name}"
        count[node.kind] += 1
        if node.kind == "indicator":
            node.path = f"indicator {count['indicator']}"
            return node.path
        node.path = f"category c{'x' * count['category']}"
        return node.path

    def size(node):
        cap = "" if node.cap is None else f" up to {node.cap}"
        if node.mode == "weights":
            return f"weight {node.size}{cap}"
        if node.mode == "whole":
            return ""
        return f"{node.points} points{cap}"

    def added(node):
        said = [] if node.order is None else [f"cap {node.order} adjustments"]
        for sort, cap, gain in node.bonuses:
            count["bonus"] += 1
            name = f"b{'x' * count['bonus']}"
            inputs.append(f"input {name} in points {{ range 0 to 9 }}")
            if gain is not ABSENT:
                data[name] = str(gain.numerator / gain.denominator)
            said.append(f"{sort} a{name} up to {'none' if cap is None else f'{cap} points'} = {name}")
        for sort, cap in sorted(node.caps.items()):
            if cap is not None:
                said.append(f"{'bonuses' if sort == 'bonus' else 'deductions'} up to {cap} points")
        return said

    def inside(node):
        said = added(node)
        if node.floor is not None:
            said.append(f"floor {node.floor}")
        if node.exempt is not None:
            said.append(f"not applicable to g -> {node.exempt}")
        if node.kids:
            said.append(f"join {node.join}")
            said += [
                f"{named(kid, place, node)} {size(kid)} {{ {inside(kid)} }}"
                for place, kid in enumerate(node.kids)
            ]
            return "\n".join(said)
        name = f"v{'x' * len(inputs)}"
        inputs.append(f"input {name} in % {{ range 0% to 100% }}")
        if node.root is not ABSENT:
            percent = node.root**12 * 100
            data[name] = f"{percent.numerator * 10**12 // percent.denominator / 10**12:.12f}%"
            assert percent * 10**12 % 1 == 0
        formula = {
            "plain": f"judged({name})",
            "wide": f"attain({name}, target: 50%, cap: 150%)",
            "low": f"judged({name}) * 2 - 100%",
        }[node.form]
        said.append(f"score = {formula}")
        return "\n".join(said)

    root.path = "total"
    body = inside(root)
    head = [
        "assessment t.random for 2018 {",
        f"total {root.points} points up to none",
        "round none",
        f"policies {{ missing: {missing}; not applicable: rescale in category; undefined: zero; ties: min }}",
        "rank none",
        "group g { R; S }",
    ]
    return "\n".join([*head, *inputs, body, "}"]), data


# ── the second calculation ───────────────────────────────────────────────────────────────────────────────────────────


def rate_of(leaf, missing):
    """What a leaf's formula or a policy gives, or None where it is left out."""
    if leaf.exempt is not None:
        return {"full": Fraction(1), "zero": Fraction(0)}.get(leaf.exempt)
    if leaf.root is ABSENT:
        return Fraction(0) if missing == "zero" else None
    rate = leaf.root**12
    return {"plain": rate, "wide": min(rate * 2, Fraction(3, 2)), "low": rate * 2 - 1}[leaf.form]


def is_kept(node, missing):
    if not node.kids:
        return rate_of(node, missing) is not None
    return any(is_kept(kid, missing) for kid in node.kids)


def ends(node):
    """The least and the most as shares of what is possible; None for none."""
    implied = not node.kids or node.order == "after"
    low = Fraction(0) if node.floor is None and implied else None
    high = Fraction(1) if node.cap is None and implied else None
    if node.floor not in (None, "none"):
        low = Fraction(node.floor.removesuffix("%")) / 100
    if node.cap not in (None, "none"):
        high = Fraction(node.cap.removesuffix("%")) / 100
    return low, high


def held(score, node, possible):
    low, high = ends(node)
    if low is not None:
        score = max(score, low * possible)
    return score if high is None else min(score, high * possible)


def adjusted(score, node, *, applies):
    for sort, sign in (("bonus", 1), ("deduction", -1)):
        amounts = [
            Fraction(0) if gain is ABSENT or not applies else gain if cap is None else min(gain, cap)
            for kind, cap, gain in node.bonuses
            if kind == sort
        ]
        whole = sum(amounts, Fraction(0))
        most = node.caps.get(sort)
        score += sign * (whole if most is None else min(whole, most))
    return score


def scored(node, possible, missing, found):
    """Fills `found` with scores by path; gives that of the node."""
    if not is_kept(node, missing):
        for one in every(node):
            found[one.path] = None
        return None
    if not node.kids:
        rate = rate_of(node, missing)
        ruled = node.exempt is not None or node.root is ABSENT
        if node.order != "after" and not ruled:
            rate = held(rate, node, Fraction(1))
        score = rate * possible
    else:
        kept = [kid for kid in node.kids if is_kept(kid, missing)]
        whole = node.join in ("min", "max")
        sizes = None if whole else sum(kid.size if kid.mode == "weights" else kid.points for kid in kept)
        rates, scores, weights = [], [], []
        for kid in node.kids:
            size = kid.size if kid.mode == "weights" else kid.points
            share = possible if whole else possible * size / sizes
            score = scored(kid, share, missing, found)
            if score is not None:
                rates.append(score / share)
                scores.append(score)
                weights.append(size)
        score = joined(node.join, scores, rates, weights, possible)
        if node.order != "after":
            score = held(score, node, possible)
    if node.bonuses:
        score = adjusted(score, node, applies=node.exempt is None)
    if node.order == "after":
        score = held(score, node, possible)
    found[node.path] = score
    return score


def joined(join, scores, rates, weights, possible):
    match join:
        case "min":
            return min(scores)
        case "max":
            return max(scores)
        case "geometric":
            whole, product = sum(weights), Fraction(1)
            for rate, weight in zip(rates, weights, strict=True):
                # The twelfth root of a rate is one of the roots that were drawn.
                root = next(root for root in ROOTS if root**12 == rate)
                product *= root ** (12 * weight // whole)
            return product * possible
        case "harmonic":
            if 0 in rates:
                return Fraction(0)
            return possible * sum(weights) / sum(w / rate for w, rate in zip(weights, rates, strict=True))
        case _:
            return sum(scores)


def every(node):
    return [node, *(one for kid in node.kids for one in every(kid))]


def halves(text):
    """Data of another region, so that every input has a column."""
    return dict.fromkeys(re.findall(r"input (v\w*)", text), "50%")


@LAW
@given(root=nodes(), missing=st.sampled_from(["zero", "rescale in category"]))
def test_scores_of_any_tree_are_those_of_a_plain_calculation(root, missing):
    text, data = text_of(root, missing=missing)
    rules = assessment.load(text)
    result = rules.evaluate(assessment.read_data({"R": data, "S": halves(text)}, rules))
    expected = {}
    scored(root, Fraction(root.points), missing, expected)
    lines = result["R"].breakdown.root.walk()
    found = {
        line.id: line.exact.value if isinstance(line.exact.value, Fraction) else None
        for line in lines
        if line.level not in ("bonus", "deduction")
    }
    assert found == expected


@LAW
@given(root=nodes(), missing=st.sampled_from(["zero", "rescale in category"]))
def test_every_sum_is_that_of_its_lines_and_residue(root, missing):
    text, data = text_of(root, missing=missing)
    rules = assessment.load(text)
    one = rules.evaluate(assessment.read_data({"R": data, "S": halves(text)}, rules))["R"]
    for line in one.breakdown.root.walk():
        if line.residue is not None:
            below = [each.score.value for each in (*line.children, *line.adjustments)]
            parts = [value for value in below if isinstance(value, Fraction)]
            assert sum(parts, Fraction(0)) + line.residue.value == line.score.value
    amounts = [part.amount.value for part in one.breakdown.contributions]
    if one.total is not None and amounts:
        assert sum(value for value in amounts if isinstance(value, Fraction)) == Fraction(one.total)
    # Every view can be made of it, in both languages.
    assert one.explain("en")
    assert one.explain("zh")
    assert one._repr_html_()
