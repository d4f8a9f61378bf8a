"""Trees of rule files, made at random: everything the language can say, valid or not."""

import datetime as dt
from fractions import Fraction

from hypothesis import strategies as st

from assessment.diagnostics.codes import CODES
from assessment.diagnostics.model import Source, Span
from assessment.syntax import ast
from assessment.syntax.fold import _INVISIBLE
from assessment.syntax.pieces import is_name
from assessment.syntax.words import WORDS

NOWHERE = Span(source=Source(name="made", text=""), start=0, end=0)

_KEYWORDS = {
    word.replace("-", " ").replace("/", " ").split()[0]
    for meanings in WORDS.values()
    for meaning in meanings
    for word in (*meaning.en, *meaning.zh)
}


def at(kind: type, /, **fields: st.SearchStrategy) -> st.SearchStrategy:
    # Deferred, so that the description of a strategy stays short however deep it is.
    return st.deferred(lambda: st.builds(kind, span=st.just(NOWHERE), **fields))


def several(one: st.SearchStrategy, least: int = 0, most: int = 3) -> st.SearchStrategy:
    return st.lists(one, min_size=least, max_size=most).map(tuple)


def maybe(one: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | one


names = st.sampled_from(
    ["x", "rd_share", "gdp2019", "研发占比", "人均生产总值", "x_1", "全社会R2", "Ёж", "naïve"]
) | (
    st.text(st.sampled_from("abcXYZ_019指标分项占比年度全市总"), min_size=1, max_size=8).filter(
        lambda text: is_name(text) and text not in _KEYWORDS
    )
)
texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]).filter(lambda c: not _INVISIBLE.match(c)), max_size=12
) | st.sampled_from(
    [
        "聊政发〔2018〕61号",
        "“放管服”改革",
        "a “b “c” d” e",
        '说"好"',
        "\\",
        "“",
        "”“",
        "// no",
        "{;}",
        "１２％",
    ]
)
words = names | texts
numbers = st.builds(Fraction, st.integers(0, 10**6), st.sampled_from([1, 2, 10, 100, 1000]))
units = st.sampled_from([None, "%", "‰", "pp", "points", "亿元", "件/万人", "万元/人", "years", "家", "$"])
literals = at(ast.Literal, value=numbers, unit=units)
signed = at(ast.Literal, value=numbers | numbers.map(lambda x: -x), unit=units)
points = at(ast.Literal, value=numbers, unit=st.just("points"))
infinities = at(ast.Infinity, sign=st.sampled_from([1, -1]))
operators = st.sampled_from([">=", ">", "<=", "<", "=", "!="])
readings = st.sampled_from(["score", "rate", "rank", "bottom"])
taken = st.sampled_from([None, "full", "rounded", "rescaled"])
items = st.sampled_from(["1", "2", "13", "3.1", "1.2.3"]) | names
statuses = st.sampled_from([meaning.name for meaning in WORDS["IS"]])

_scores = (
    at(ast.ScoreOf, node=st.sampled_from(["total", "key total"]), reading=readings, taken=taken)
    | at(
        ast.ScoreOf,
        node=st.just("indicator"),
        reference=items | st.builds("{}.{}".format, items, names),
        reading=readings,
        taken=taken,
    )
    | at(
        ast.ScoreOf,
        node=st.sampled_from(["category", "result"]),
        reference=names,
        reading=readings,
        taken=taken,
    )
)
_leaves = (
    signed
    | infinities
    | at(ast.String, text=texts)
    | at(ast.Name, name=names)
    | at(ast.It)
    | at(ast.GradeOf)
    | at(ast.ItsDirection)
    | at(ast.Date, day=st.dates(min_value=dt.date(1000, 1, 1)))
    | at(ast.FieldOf, rows=at(ast.Name, name=names), field=names)
    | at(ast.OwnRegion)
    | at(ast.Marked, name=at(ast.Word, name=names))
    | _scores
)
_IS_NUMBER = (ast.Literal, ast.Infinity)


def _terms(inner: st.SearchStrategy) -> st.SearchStrategy:
    more = at(ast.Term, sign=st.sampled_from([1, -1]), value=inner)
    first = at(ast.Term, sign=st.just(1), value=inner)
    return st.tuples(first, several(more, 1)).map(lambda both: (both[0], *both[1]))


def _factors(inner: st.SearchStrategy) -> st.SearchStrategy:
    more = at(ast.Factor, op=st.sampled_from(["*", "/"]), value=inner)
    first = at(ast.Factor, op=st.just("*"), value=inner)
    return st.tuples(first, several(more, 1)).map(lambda both: (both[0], *both[1]))


def _rows(inner: st.SearchStrategy) -> st.SearchStrategy:
    ends = signed | infinities
    return (
        at(ast.CompareRow, op=operators, bound=inner, value=inner)
        | at(
            ast.RangeRow,
            low=ends,
            low_closed=st.booleans(),
            high=ends,
            high_closed=st.booleans(),
            value=inner,
        )
        | at(ast.KeyRow, key=inner, value=inner, each=st.booleans(), up_to=maybe(inner))
        | at(ast.CapRow, key=inner, most=inner)
        | at(ast.OtherwiseRow, value=inner)
    )


def _compound(inner: st.SearchStrategy) -> st.SearchStrategy:
    argument = at(ast.Argument, name=maybe(names), value=inner)
    return (
        at(ast.Earlier, operand=inner, offset=st.integers(-9, 9))
        | at(ast.Negate, operand=inner.filter(lambda x: not isinstance(x, _IS_NUMBER)))
        | at(ast.Sum, terms=_terms(inner))
        | at(ast.Product, factors=_factors(inner))
        | at(ast.Power, base=inner, exponent=st.integers(-9, 99))
        | at(ast.Comparison, op=operators, left=inner, right=inner)
        | at(ast.Logical, op=st.sampled_from(["and", "or"]), operands=several(inner, 2))
        | at(ast.Between, value=inner, low=inner, high=inner)
        | at(ast.InYear, value=inner, offset=st.sampled_from([0, -1]))
        | at(ast.Not, operand=inner)
        | at(ast.Is, status=statuses, operand=inner)
        | at(
            ast.Quantified,
            quantifier=st.sampled_from(["any", "all"]),
            subjects=st.sampled_from(["key indicator", "indicator", "category"]),
            reading=readings,
            op=operators,
            right=inner,
            taken=taken,
        )
        | at(
            ast.Quantified,
            quantifier=st.sampled_from(["at least", "at most", "exactly"]),
            subjects=st.sampled_from(["key indicator", "indicator", "category"]),
            reading=readings,
            op=operators,
            right=inner,
            taken=taken,
            count=st.integers(0, 999).map(Fraction),
        )
        | at(
            ast.Call,
            name=names,
            arguments=several(argument),
            table=maybe(at(ast.Table, rows=several(_rows(inner)))),
            name_span=st.just(NOWHERE),
        )
    )


expressions = st.recursive(_leaves, _compound, max_leaves=8)

_word = at(ast.Word, name=names)
_group_word = at(ast.Word, name=names | st.sampled_from(["all", "city"]))
_subject_word = at(ast.Word, name=words | st.sampled_from(["all", "city"]))
_choices = {terminal: st.sampled_from([m.name for m in WORDS[terminal]]) for terminal in WORDS}
_rounding = at(ast.Rounding, mode=_choices["MODE"], places=st.integers(0, 9))
_effects = (
    at(ast.ZeroScore, node=st.just("total"), reference=st.none())
    | at(ast.ZeroScore, node=st.just("category"), reference=names)
    | at(ast.ZeroScore, node=st.just("indicator"), reference=items | st.builds("{}.{}".format, items, names))
    | at(ast.HoldGrade, grade=at(ast.Word, name=words), at_most=st.booleans())
    | at(ast.LowerGrade, by=st.integers(0, 99).map(Fraction))
    | at(ast.Bar, what=at(ast.Word, name=texts), quoted=st.just(True))
    | at(ast.Bar, what=maybe(at(ast.Word, name=names)))
    | at(ast.Unrank)
)
_quotas = at(
    ast.Quota,
    size=at(ast.Literal, value=numbers, unit=st.sampled_from(["%", None])),
    within=at(ast.Word, name=_choices["FIELD"] | names),
    mode=maybe(_choices["MODE"]),
    ties=maybe(_choices["AT_LINE"]),
    by=several(at(ast.OrderKey, value=expressions, first=maybe(_choices["FIRST"]))),
    ordered=st.booleans(),
)
_form = (
    at(ast.Measured, unit=units)
    | at(ast.YesNo)
    | at(ast.Choice, levels=several(words, 1))
    | at(ast.Ratings, low=signed, high=signed)
    | at(ast.Events, levels=several(words, 1))
)


_field_form = (
    at(ast.Measured, unit=units)
    | at(ast.YesNo)
    | at(ast.Choice, levels=several(words, 1))
    | at(ast.Dated)
    | at(ast.Texted)
    | at(ast.NamedRegion)
)


def _tidy(bounds: ast.Range) -> ast.Range:
    """An end that is not there counts as closed."""
    return ast.Range(
        span=NOWHERE,
        low=bounds.low,
        low_closed=bounds.low is None or bounds.low_closed,
        high=bounds.high,
        high_closed=bounds.high is None or bounds.high_closed,
    )


_attribute = (
    at(ast.From, departments=several(_word, 1))
    | at(
        ast.Range, low=maybe(signed), low_closed=st.booleans(), high=maybe(signed), high_closed=st.booleans()
    ).map(_tidy)
    | at(ast.Basis, text=texts)
    | at(ast.Alias, names=several(words, 1))
    | at(ast.Evidence, what=words | st.just("reason"), required=st.booleans())
    | at(ast.Evidence, what=words, or_not_counted=st.just(True))
    | at(
        ast.RowField,
        name=names,
        title=maybe(texts),
        form=_field_form,
        required=st.booleans(),
        name_span=st.just(NOWHERE),
    )
    | at(ast.NoRows, status=st.just("none") | _choices["STATUS"])
    | at(
        ast.CountsAs,
        status=statuses,
        value=signed | at(ast.String, text=texts) | at(ast.Name, name=names | st.sampled_from(["yes", "no"])),
    )
    | at(ast.Code, text=texts, status=statuses)
    | at(ast.Kind, kind=_choices["KIND_NAME"])
    | at(ast.Lag, years=st.integers(0, 999))
    | at(ast.PublishedTo, places=st.integers(0, 99))
)
_ends = points | at(ast.Literal, value=numbers, unit=st.just("%")) | at(ast.Infinity)
_cap = maybe(_ends)
_kinds = st.sampled_from(["bonus", "deduction"])
_years = st.integers(1000, 9999)
_year_entries = several(at(ast.YearEntry, year=_years, value=signed), 1)
_group_entries = several(at(ast.GroupEntry, group=at(ast.Word, name=words), value=maybe(signed)), 1)
_size = (
    at(ast.Size, points=points, up_to=_cap)
    | at(ast.Size, weight=signed, up_to=_cap)
    | at(ast.Size, kind=st.sampled_from(["points", "weight"]), by_year=_year_entries, up_to=_cap)
    | at(ast.Size, by_group=_group_entries, up_to=_cap)
)
_member = at(ast.Member, name=words, aliases=several(words))
_percents = at(ast.Literal, value=numbers, unit=st.just("%"))
_plain_disposal = at(ast.Disposal, value=_choices["POLICY_VALUE"]) | at(
    ast.Disposal, value=st.just("rate"), rate=_percents
)
disposals = st.recursive(
    _plain_disposal,
    lambda inner: (
        at(
            ast.Disposal,
            value=_choices["PEERS"],
            within=st.sampled_from(["group", "all"]),
            otherwise=maybe(inner),
        )
        | at(
            ast.Disposal,
            value=st.just("reference"),
            subject=at(ast.Word, name=words),
            otherwise=maybe(inner),
        )
    ),
    max_leaves=3,
)
_order = several(
    at(ast.OrderKey, value=expressions, first=maybe(st.sampled_from(["highest", "lowest"]))), 0, 2
)
_scores_read = at(ast.ScoreOf, node=st.just("total"), reading=readings, taken=taken)


def _result(
    value: st.SearchStrategy, exchanges: st.SearchStrategy, unit: st.SearchStrategy
) -> st.SearchStrategy:
    details = {
        "name": names,
        "title": maybe(texts),
        "value": value,
        "exchanges": exchanges,
        "unit": unit,
        "published": maybe(_rounding | _choices["READ_VALUE"]),
        "policies": several(
            at(
                ast.Policy, key=_choices["POLICY_KEY"], value=at(ast.Disposal, value=_choices["POLICY_VALUE"])
            ),
            0,
            2,
        ),
        "keys": _order,
        "name_span": st.just(NOWHERE),
    }
    ranked = {
        "ranked": st.sampled_from(["rounded", "full"]),
        "within": st.sampled_from([None, "group", "all"]),
        "first": st.sampled_from([None, "highest", "lowest"]),
    }
    return (
        at(ast.Result, low=signed, high=signed, **details)
        | at(ast.Result, unbounded=st.booleans(), ranked=st.sampled_from([None, "none"]), **details)
        | at(ast.Result, low=signed, high=signed, **ranked, **details)
    )


_results = _result(
    expressions, st.just(()), maybe(at(ast.Text, text=units.map(lambda unit: unit or "number")))
) | _result(_scores_read, several(at(ast.Exchange, name=names, value=expressions), 1), st.none())
_days = st.dates(dt.date(1000, 1, 1))
_node_references = at(ast.Reference, kind=st.just("indicator"), name=items, parts=several(names, 0, 2)) | at(
    ast.Reference, kind=st.sampled_from(["category", "part", "bonus", "deduction"]), name=names
)
_things = (
    _node_references
    | at(
        ast.Reference,
        kind=st.sampled_from(
            ["input", "let", "method", "table", "class", "department", "result", "estimate", "mark", "veto"]
        ),
        name=names,
    )
    | at(ast.Reference, kind=st.just("group"), name=names | st.sampled_from(["all", "city"]))
    | at(ast.Reference, kind=st.sampled_from(["grade", "region"]), name=words)
    | at(
        ast.Reference,
        kind=st.just("targets"),
        name=names,
        scope=names | st.sampled_from(["all", "city"]),
    )
)
_new_points = at(ast.Literal, value=numbers, unit=st.sampled_from([None, "points", "%"]))
_amending = (
    at(
        ast.ChangeSize,
        of=maybe(_node_references),
        kind=st.sampled_from(["points", "weight"]),
        old=maybe(_new_points),
        new=_new_points,
        up_to=_cap,
    )
    | at(
        ast.ChangeTitle,
        of=_node_references,
        old=maybe(at(ast.Text, text=texts)),
        new=at(ast.Text, text=texts),
    )
    | at(
        ast.ChangeInput,
        of=at(ast.Reference, kind=st.just("input"), name=names),
        attributes=several(_attribute),
    )
    | at(
        ast.ChangePolicies,
        entries=several(at(ast.Policy, key=_choices["POLICY_KEY"], value=disposals)),
    )
    | at(
        ast.AddRegion,
        members=several(_member, 1, 1),
        group=at(ast.Reference, kind=st.just("group"), name=names),
    )
    | at(ast.Remove, what=_things)
    | at(
        ast.Remove,
        what=at(ast.Assume, text=texts)
        | at(ast.Limit, condition=expressions, at_most=at(ast.Word, name=words)),
    )
    | at(ast.Remove, what=at(ast.Word, name=st.sampled_from(["FLOOR", "BY", "SCORE", "RANK", "POLICIES"])))
    | at(
        ast.Renumber,
        of=at(ast.Reference, kind=st.just("indicator"), name=items),
        new=at(ast.Word, name=items),
    )
    | at(
        ast.Retarget,
        of=at(
            ast.Reference, kind=st.just("targets"), name=names, scope=names | st.sampled_from(["all", "city"])
        ),
        entries=several(at(ast.ChangedTarget, year=_years, old=maybe(signed), new=signed)),
    )
)
_given_value = (
    signed
    | at(ast.Word, name=words)
    | at(ast.Date, day=st.dates(dt.date(1000, 1, 1)))
    | at(ast.Name, name=st.sampled_from(["yes", "no"]))
)
_given_row = at(
    ast.GivenRow,
    value=_given_value,
    fields=several(
        at(ast.GivenField, name=_word, value=_given_value)
        | at(ast.GivenField, name=_word, value=st.none(), status=statuses)
    ),
)
_given_cell = (
    at(ast.GivenCell, name=_word, values=several(_given_value, 1))
    | at(ast.GivenCell, name=_word, status=statuses | st.just("none"))
    | at(ast.GivenCell, name=_word, rows=several(_given_row))
)
_whose = {"region": maybe(at(ast.Word, name=words)), "year": maybe(_years)}
_claimed = _scores | at(ast.Name, name=names) | at(ast.AdjustmentOf, kind=_kinds, name=names)
_claim = (
    at(ast.Claim, what=st.just("value"), left=_claimed, op=operators, right=expressions, **_whose)
    | at(ast.Claim, what=st.just("status"), left=_claimed, status=statuses, **_whose)
    | at(ast.Claim, what=st.just("grade"), word=maybe(at(ast.Word, name=words)), **_whose)
    | at(ast.Claim, what=st.just("mark"), word=_word, held=st.booleans(), **_whose)
    | at(
        ast.Claim,
        what=st.just("rank"),
        within=st.sampled_from([None, "group", "all"]),
        place=maybe(numbers),
        **_whose,
    )
    | at(ast.Claim, what=st.just("veto"), word=_word, held=st.booleans(), **_whose)
    | at(
        ast.Claim,
        what=st.just("error"),
        left=_claimed,
        word=at(ast.Word, name=st.sampled_from(["data-missing", "undefined-score"])),
        **_whose,
    )
)
_given_entry = at(ast.GivenEntry, value=_given_value) | at(
    ast.GivenEntry, value=st.none(), status=statuses | st.just("none")
)
_given_table = st.integers(1, 3).flatmap(
    lambda size: at(
        ast.GivenTable,
        year=maybe(_years),
        columns=several(
            at(
                ast.GivenColumn,
                name=_word,
                unit=maybe(at(ast.Text, text=units.map(lambda unit: unit or "number"))),
            ),
            size,
            size,
        ),
        lines=several(
            at(ast.GivenLine, region=at(ast.Word, name=words), entries=several(_given_entry, size, size))
        ),
    )
)
_example_items = (
    _given_table
    | at(
        ast.Given,
        regions=several(at(ast.Word, name=words), 1),
        year=maybe(_years),
        cells=several(_given_cell),
    )
    | at(ast.GivenFile, path=texts)
    | at(ast.Expect, claims=several(_claim, 1))
)

_simple = (
    at(ast.Authority, documents=several(at(ast.Text, text=texts), 1))
    | at(ast.Total, points=points, up_to=_cap)
    | at(ast.Total, points=st.none())
    | at(ast.Floor, value=maybe(signed))
    | at(
        ast.Coverage,
        least=at(ast.Literal, value=numbers, unit=st.none()),
        parts=at(ast.Literal, value=numbers, unit=st.none()),
        of=_choices["COVERED_OF"],
        by=_choices["COVERED_BY"],
        exempt=_choices["COVERED_EXEMPT"],
        then=maybe(disposals),
    )
    | at(
        ast.Coverage,
        least=_percents,
        parts=st.none(),
        of=_choices["COVERED_OF"],
        by=_choices["COVERED_BY"],
        exempt=_choices["COVERED_EXEMPT"],
        then=maybe(disposals),
    )
    | at(
        ast.Estimate,
        name=_word,
        value=expressions,
        statuses=several(statuses, 1),
        fields=maybe(_choices["IN_FIELDS"]),
    )
    | at(ast.Round, entries=several(at(ast.RoundAt, level=_choices["STAGE"], rounding=_rounding)))
    | at(
        ast.ResultScale,
        name=names,
        title=maybe(texts),
        low=signed,
        high=signed,
        published=maybe(_rounding),
        ranked=st.sampled_from([None, "rounded", "full", "none"]),
    )
    | at(
        ast.ResultScale,
        name=names,
        title=maybe(texts),
        low=st.none(),
        high=st.none(),
        published=maybe(_rounding),
        ranked=st.sampled_from([None, "rescaled", "none"]),
    )
    | at(ast.Carry, value=_choices["READ_VALUE"], level=maybe(_choices["STAGE"]))
    | at(ast.Compare, value=_choices["READ_VALUE"], adjusting=maybe(_choices["ADJUSTING"]))
    | at(ast.AdjustmentCap, kind=_kinds, up_to=_ends)
    | at(ast.Total, points=st.none(), by_year=_year_entries, up_to=_cap)
    | at(ast.InForce, first=_years, last=maybe(_years))
    | at(ast.InForce, last=_years)
    | at(ast.CapOrder, when=_choices["ADJUSTING"])
    | at(ast.Rescale, within=_choices["FIELD"], keep=st.booleans())
    | _results
    | at(
        ast.Policies,
        entries=several(at(ast.Policy, key=_choices["POLICY_KEY"], value=disposals)),
    )
    | at(ast.Ranking, within=st.none(), keys=_order)
    | at(ast.Ranking, within=st.sampled_from(["group", "all"]), keys=_order, both_ends=st.booleans())
    | at(
        ast.Group,
        name=names | st.sampled_from(["all", "city"]),
        title=maybe(texts),
        reference=st.booleans(),
        members=several(at(ast.Member, name=words, aliases=several(words))),
    )
    | at(
        ast.RegionClass,
        name=names,
        title=maybe(texts),
        members=maybe(several(_member)),
        name_span=st.just(NOWHERE),
    )
    | at(ast.Department, name=names, title=maybe(texts))
    | at(
        ast.Department,
        name=names,
        title=maybe(texts),
        before=several(_word, 1),
        since=_days,
    )
    | at(ast.Succession, name=at(ast.Word, name=words), before=at(ast.Word, name=words), since=_days)
    | at(ast.Valid, first=_days, last=maybe(_days))
    | at(ast.Valid, last=_days)
    | _amending
    | at(
        ast.Input,
        name=names,
        title=maybe(texts),
        form=_form,
        attributes=several(_attribute),
        name_span=st.just(NOWHERE),
    )
    | at(
        ast.Let,
        name=names,
        title=maybe(texts),
        value=expressions,
        unit=maybe(at(ast.Text, text=units.map(lambda unit: unit or "number"))),
        name_span=st.just(NOWHERE),
    )
    | at(
        ast.Method,
        name=names,
        title=maybe(texts),
        parameters=several(
            at(
                ast.Parameter,
                name=names,
                unit=maybe(at(ast.Text, text=units.map(lambda unit: unit or "number"))),
                default=maybe(expressions),
            )
        ),
        value=expressions,
        name_span=st.just(NOWHERE),
    )
    | at(
        ast.DataTable,
        name=names,
        title=maybe(texts),
        by=_choices["TABLE_KEY"],
        unit=maybe(at(ast.Text, text=units.map(lambda unit: unit or "number"))),
        rows=several(at(ast.DataRow, key=at(ast.Word, name=items | words), value=signed)),
        name_span=st.just(NOWHERE),
    )
    | at(ast.Default, value=expressions)
    | at(ast.Measure, value=expressions, direction=st.sampled_from([None, "higher", "lower"]))
    | at(ast.SizesFrom, size=st.sampled_from(["points", "weight"]), table=_word)
    | at(
        ast.Targets,
        scope=_group_word,
        measure=_word,
        entries=several(at(ast.YearEntry, year=_years, value=signed)),
    )
    | at(ast.Responsible, departments=several(_word, 1))
    | at(ast.Cite, document=texts, item=maybe(items | texts))
    | at(
        ast.Applies,
        applies=st.booleans(),
        groups=several(_subject_word, 1),
        condition=maybe(expressions),
        then=maybe(disposals),
    )
    | at(ast.Assume, text=texts)
    | at(ast.LeftOut, text=texts)
    | at(
        ast.Allow,
        code=at(ast.Word, name=st.sampled_from(sorted(CODES))),
        names=several(_word),
        reason=texts,
    )
    | at(ast.Join, method=_choices["METHOD"])
    | at(ast.Score, value=expressions)
    | at(
        ast.Grade,
        name=words,
        op=st.sampled_from([">=", ">", "<"]),
        bound=signed,
        condition=maybe(expressions),
        quota=maybe(_quotas),
    )
    | at(
        ast.Grade,
        name=words,
        op=st.none(),
        bound=st.none(),
        condition=maybe(expressions),
        quota=maybe(_quotas),
    )
    | at(ast.Limit, condition=expressions, at_most=at(ast.Word, name=words))
    | at(ast.Example, title=texts, items=several(_example_items))
    | at(
        ast.Veto,
        name=names,
        title=maybe(texts),
        condition=expressions,
        effects=several(_effects, 1),
    )
    | at(ast.Mark, name=names, title=maybe(texts), condition=maybe(expressions), quota=maybe(_quotas))
)


def _nodes(inner: st.SearchStrategy) -> st.SearchStrategy:
    common = {
        "title": maybe(texts),
        "size": maybe(_size),
        "body": several(inner),
        "name_span": st.just(NOWHERE),
    }
    return (
        at(ast.Part, name=names, **common)
        | at(ast.Indicator, number=items, key=st.booleans(), **common)
        | at(ast.Category, name=names, **common)
        | at(
            ast.Adjustment,
            kind=_kinds,
            name=names,
            title=maybe(texts),
            up_to=_cap,
            body=several(inner),
            name_span=st.just(NOWHERE),
        )
    )


def _changes(inner: st.SearchStrategy) -> st.SearchStrategy:
    """Statements that amend, around whole statements and beside others."""
    beside = st.tuples(st.sampled_from(["after", "before"]), _things)
    placed = at(
        ast.Indicator,
        number=items,
        key=st.booleans(),
        title=maybe(texts),
        size=maybe(_size),
        body=several(inner),
        name_span=st.just(NOWHERE),
    )
    return (
        at(ast.Change, of=_node_references, body=several(inner))
        | at(ast.Replace, statement=inner)
        | at(ast.Add, statement=inner)
        | st.builds(
            lambda statement, into, side: ast.Add(
                span=NOWHERE,
                statement=statement,
                into=into,
                side=None if side is None else side[0],
                beside=None if side is None else side[1],
            ),
            placed,
            maybe(_node_references),
            maybe(beside),
        )
    )


statements = st.recursive(_simple, lambda inner: _nodes(inner) | _changes(inner), max_leaves=6)
rule_files = at(
    ast.RuleFile,
    name=names | st.builds("{}.{}".format, names, names),
    year=maybe(st.integers(1000, 9999)),
    title=maybe(texts),
    body=several(statements, 0, 5),
    amends=maybe(at(ast.Text, text=texts)),
    comments=st.just(()),
    language=st.just("en"),
)
