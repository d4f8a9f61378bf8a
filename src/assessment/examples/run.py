"""Rule set → what its examples come to, and what of the rules they reach."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import partial

from attrs import frozen

from assessment.audit.amount import amount_text
from assessment.audit.from_outcome import Breakdowns
from assessment.audit.lines import heading
from assessment.audit.plan import plan
from assessment.audit.record import Amount, Breakdown
from assessment.compiler.from_rules import bound_to
from assessment.compiler.program import Program
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.data.model import Data
from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.model import Diagnostic, diagnostic
from assessment.errors import DataError
from assessment.evaluation.facts import Value
from assessment.evaluation.outcome import Outcome, refusals, valued
from assessment.examples.back import Met, back
from assessment.examples.coverage import Coverage, Reached
from assessment.examples.given import data_of
from assessment.report.explain import explain
from assessment.ruleset import RuleSet
from assessment.semantics.model import Example, Expectation

__all__ = ["ExampleResult", "Expected", "Tested", "run_examples"]

_MOST_STEPS = 40
"""So many steps of a breakdown are told of one thing that came otherwise."""


@frozen(kw_only=True)
class Expected:
    """One thing that an example expects: whether it came so, and what came; None where that could not be told."""

    text: Text
    region: str
    year: int
    line: int
    holds: bool
    got: Text | None
    wanted: Text
    findings: tuple[Diagnostic, ...] = ()


@frozen(kw_only=True)
class ExampleResult:
    """What one example came to; `findings` are those about what it gives."""

    title: str
    line: int
    expected: tuple[Expected, ...]
    findings: tuple[Diagnostic, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything came as expected."""
        return not self.findings and all(one.holds for one in self.expected)


@frozen(kw_only=True)
class Tested:
    """What the examples of one rule file came to, and which of its rules they reach."""

    rules: str
    examples: tuple[ExampleResult, ...]
    coverage: Coverage

    @property
    def passed(self) -> bool:
        """Whether every example came as expected."""
        return all(one.passed for one in self.examples)

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What came otherwise or could not be told, in the order of the file; not what no example reaches."""
        return tuple(
            found
            for one in self.examples
            for found in (*one.findings, *(below for expected in one.expected for below in expected.findings))
        )

    def to_json(self, lang: Lang | None = None) -> dict[str, object]:
        """The whole as plain data."""
        from assessment.examples.json import tested_to_json

        return tested_to_json(self, lang or "en")

    def __repr__(self) -> str:
        passed = sum(one.passed for one in self.examples)
        return f"<Tested {self.rules}: {passed} of {len(self.examples)} examples, {self.coverage.text.en}>"


def run_examples(rules: RuleSet) -> Tested:
    """Score every example of a rule set and compare what it expects."""
    reached = Reached(rules)
    results = [_run(example, rules, reached) for example in rules.checked.examples]
    return Tested(rules=rules.name, examples=tuple(results), coverage=reached.coverage())


def _run(example: Example, rules: RuleSet, reached: Reached) -> ExampleResult:
    found: tuple[Diagnostic, ...] = ()
    expected: list[tuple[int, Expected]] = []
    data: Data | None = None
    try:
        for year in dict.fromkeys(one.year for one in example.expected):
            program = rules.program_of(year)
            shown = _in_year(example, program)
            if shown is None:
                found = (_other_rules(example, year),)
                break
            data, found = data_of(shown, program.rules)
            if data is None:
                break
            asked = tuple(one for one in shown.expected if one.year == year)
            expected += _scored(example.title, asked, program, data, year, reached)
    except DataError as error:
        found = error.diagnostics
    return ExampleResult(
        title=example.title,
        line=example.span.line,
        expected=tuple(one for _, one in sorted(expected, key=lambda pair: pair[0])),
        findings=found,
    )


def _in_year(example: Example, program: Program) -> Example | None:
    """The example as the rules of a year read it; None where those are the rules of another file."""
    same = (one for one in program.rules.examples if one.span == example.span)
    return next(same, None)


def _other_rules(example: Example, year: int) -> Diagnostic:
    return diagnostic(
        "example-other-rules",
        Text(
            en=f"`{example.title}`: the rules of {year} stand in another file",
            zh=f"“{example.title}”：{year} 年的规则在另一文件中",
        ),
        next(one.span for one in example.expected if one.year == year),
        help=Text(en="write the example in that file", zh="请将示例写入该文件"),
    )


def _scored(
    title: str, asked: tuple[Expectation, ...], program: Program, data: Data, year: int, reached: Reached
) -> Iterable[tuple[int, Expected]]:
    """What is expected of one year, beside what came."""
    roots = [one.node for one in asked if one.node is not None]
    bound = dict(zip(map(id, roots), bound_to(program, roots), strict=True))
    outcome = valued(program, data, year, bound.values())
    left_out = {id(one.left_out) for one in program.scored.values() if one.left_out is not None}
    for one in asked:
        if one.region not in outcome.facts.regions:
            yield one.span.start, _not_there(one, title)
            continue
        place = outcome.facts.regions.index(one.region)
        node = _node(one, program) if one.node is None else bound[id(one.node)]
        if node is None:
            continue
        met = back(node, place, outcome, left_out)
        lacking = _lacking(one, title, met, outcome)
        if not lacking:
            reached.add(met, outcome, title)
        yield one.span.start, _compared(one, title, node, place, outcome, lacking)


def _node(one: Expectation, program: Program) -> n.Node | None:
    """The grade, the condition of the veto, or the place."""
    if one.what == "grade":
        return program.grade
    if one.what == "veto":
        return next((veto.condition for veto in program.vetoes if veto.spec.name == one.name), None)
    return program.rank_in_group if one.within == "group" else program.rank_in_all


def _compared(
    one: Expectation, title: str, node: n.Node, place: int, outcome: Outcome, lacking: tuple[Diagnostic, ...]
) -> Expected:
    value = outcome.values.at(node, place)
    shown = partial(_shown, place=place, outcome=outcome)
    match one:
        case Expectation(what="grade" | "rank", grade=None, place=None):
            holds = isinstance(value, Absence)
            got, wanted = shown(node), Text(en="none", zh="无")
        case Expectation(what="grade", grade=str(grade)):
            holds = isinstance(value, Fraction) and node.type.levels[int(value)] == grade
            got, wanted = shown(node), Text.same(grade)
        case Expectation(what="mark", held=held):
            holds = value is held
            got, wanted = shown(node), _text(Amount(value=held, type=node.type))
        case Expectation(what="rank", place=Fraction() as rank):
            holds = value == rank
            got, wanted = shown(node), _text(Amount(value=rank, type=node.type))
        case Expectation(what="veto", held=held):
            holds = value is held
            got = _in_effect(value) if isinstance(value, bool) else shown(node)
            wanted = _in_effect(held)
        case Expectation(what="error", name=name, path=str(path)):
            codes = [found.code for found in refusals(outcome, path, one.region)]
            holds = name in codes
            got, wanted = _refused(codes) if codes else shown(node), _refused([name])
        case Expectation(what="status", statuses=statuses):
            holds = isinstance(value, Absence) and value in statuses
            labels = [status.label for status in Absence if status in statuses]
            got = shown(node)
            wanted = labels[0] if len(labels) == 1 else Text(en="absent", zh="缺值")
        case _ if isinstance(node, n.Compare):
            holds = value is True
            got, wanted = _both_sides(node, place, outcome)
        case _:
            holds, got, wanted = value is True, shown(node), one.words
    if lacking:
        holds = False
    findings = lacking or (() if holds else (_failed(one, title, got, wanted, place, outcome),))
    return Expected(
        text=one.words,
        region=one.region,
        year=one.year,
        line=one.span.line,
        holds=holds,
        got=None if lacking else got,
        wanted=wanted,
        findings=findings,
    )


def _in_effect(holds: bool) -> Text:
    return Text(en="in effect", zh="生效") if holds else Text(en="not in effect", zh="未生效")


def _refused(codes: list[str]) -> Text:
    shown = ", ".join(dict.fromkeys(codes))
    return Text(en=f"refused ({shown})", zh=f"报错（{shown}）")


_OPS = {"=": "", ">=": ">= ", ">": "> ", "<=": "<= ", "<": "< ", "!=": "!= "}


def _both_sides(node: n.Compare, place: int, outcome: Outcome) -> tuple[Text, Text]:
    """What came and what was wanted; where both look alike, as exact fractions."""
    got, wanted = (_amount(side, place, outcome) for side in (node.left, node.right))
    exact = amount_text(got, "en") == amount_text(wanted, "en") and got.value != wanted.value
    op = "" if node.left.type.levels else _OPS[node.op]
    shown = _text(wanted, exact=exact)
    return _text(got, exact=exact), Text(en=f"{op}{shown.en}", zh=f"{op}{shown.zh}")


def _amount(node: n.Node, place: int, outcome: Outcome) -> Amount:
    value: Value = outcome.values.at(node, place)
    return Amount(value=value, type=node.type)


def _shown(node: n.Node, *, place: int, outcome: Outcome) -> Text:
    return _text(_amount(node, place, outcome))


def _text(amount: Amount, *, exact: bool = False) -> Text:
    return Text(en=amount_text(amount, "en", exact=exact), zh=amount_text(amount, "zh", exact=exact))


# ── what came otherwise ──────────────────────────────────────────────────────────────────────────────────────────────


def _failed(
    one: Expectation, title: str, got: Text, wanted: Text, place: int, outcome: Outcome
) -> Diagnostic:
    steps = _steps(one, place, outcome)
    return diagnostic(
        "example-failed",
        Text(
            en=f"`{title}`: `{one.words.en}` is expected of `{one.region}` for {one.year}, and it is {got.en}",
            zh=f"“{title}”：{one.year} 年 `{one.region}` 应得 `{one.words.zh}`，实得 {got.zh}",
        ),
        one.span,
        help=Text(
            en=f"expected {wanted.en}, got {got.en}: mend the rules, or what is expected of them",
            zh=f"应得 {wanted.zh}，实得 {got.zh}：请改正规则，或改正应得的结果",
        ),
        notes=steps,
    )


def _steps(one: Expectation, place: int, outcome: Outcome) -> tuple[Text, ...]:
    """How the score came about: the sentences of its breakdown; of a place, the totals that were compared."""
    breakdowns = Breakdowns(outcome, plan(outcome.program))
    if one.what == "rank":
        return _totals(one, place, outcome, breakdowns)
    breakdown = breakdowns.of(one.region)
    lines = [
        Text(en=en, zh=zh) for en, zh in zip(*(_told(one, breakdown, lang) for lang in _LANGS), strict=False)
    ]
    return tuple(lines[:_MOST_STEPS])


_LANGS: tuple[Lang, Lang] = ("en", "zh")


def _told(one: Expectation, breakdown: Breakdown, lang: Lang) -> list[str]:
    if one.what in ("grade", "mark"):
        told = explain(breakdown, lang, line=None)
        return [*told.summary, *(said.text for said in told.closing)]
    known = {line.id for top in (breakdown.root, *(r.root for r in breakdown.results)) for line in top.walk()}
    if one.path is None or one.path not in known:
        return []
    told = explain(breakdown, lang, line=one.path)
    colon = "：" if lang == "zh" else ": "
    found: list[str] = []
    for _, item in told.item.walk():
        found.append(f"{item.heading}{colon}{item.score}")
        found += [said.text for said in item.steps]
        found += item.notes
    return found


def _totals(one: Expectation, place: int, outcome: Outcome, breakdowns: Breakdowns) -> tuple[Text, ...]:
    groups = outcome.facts.groups
    found = []
    for other, region in enumerate(outcome.facts.regions):
        if one.within == "group" and groups[other] != groups[place]:
            continue
        root = breakdowns.of(region).root
        score = _shown(outcome.program.root.published, place=other, outcome=outcome)
        en, zh = (heading(root, lang) for lang in _LANGS)
        found.append(Text(en=f"{region}, {en}: {score.en}", zh=f"{region} {zh}：{score.zh}"))
    return tuple(found[:_MOST_STEPS])


# ── what is lacking ──────────────────────────────────────────────────────────────────────────────────────────────────


def _lacking(one: Expectation, title: str, met: Met, outcome: Outcome) -> tuple[Diagnostic, ...]:
    """What the expectation needs and the example does not give, all of it in one finding."""
    known = outcome.data.observations
    order = {spec.name: number for number, spec in enumerate(outcome.program.rules.inputs)}
    regions = outcome.facts.regions
    cells = sorted(
        (cell for cell in met.read if cell not in known),
        key=lambda cell: (
            regions.index(cell[2]) != regions.index(one.region),
            cell[2],
            -cell[1],
            order[cell[0]],
        ),
    )
    if not cells and not met.absent_regions:
        return ()
    titles = {spec.name: spec.title or spec.name for spec in outcome.program.rules.inputs}
    en = [f"`{name}` of `{region}` for {year}" for name, year, region in cells]
    zh = [f"`{region}` {year} 年的 `{name}`" for name, year, region in cells]
    en += [f"anything of `{region}`" for region in met.absent_regions]
    zh += [f"`{region}` 的数据" for region in met.absent_regions]
    first = cells[0] if cells else None
    called = "" if first is None or titles[first[0]] == first[0] else f" ({titles[first[0]]})"
    called_zh = "" if first is None or titles[first[0]] == first[0] else f"（{titles[first[0]]}）"
    return (
        diagnostic(
            "example-lacks-data",
            Text(
                en=f"`{title}`: `{one.words.en}` of `{one.region}` needs {en[0]}{called}"
                + (f" and {len(en) - 1} more" if len(en) > 1 else "")
                + ", which the example does not give",
                zh=f"“{title}”：`{one.region}` 的 `{one.words.zh}` 需要 {zh[0]}{called_zh}"
                + (f"等 {len(zh)} 项" if len(zh) > 1 else "")
                + "，而示例没有给出",
            ),
            one.span,
            help=Text(
                en=f"give {', '.join(en[:_MOST_NAMED])}{_more(en)}; what was not reported is given as `not reported`",
                zh=f"请给出 {'、'.join(zh[:_MOST_NAMED])}{_more(zh, '等')}；未报的请写 `未报`",
            ),
        ),
    )


_MOST_NAMED = 12


def _more(names: list[str], word: str = " and more") -> str:
    return word if len(names) > _MOST_NAMED else ""


def _not_there(one: Expectation, title: str) -> Expected:
    found = diagnostic(
        "example-lacks-data",
        Text(
            en=f"`{title}`: nothing is given of `{one.region}`",
            zh=f"“{title}”：没有给出 `{one.region}` 的数据",
        ),
        one.span,
        help=Text(
            en=f"write `given {one.region} {one.year} {{ … }}`",
            zh=f"请写 `已知 {one.region} {one.year} {{ … }}`",
        ),
    )
    return Expected(
        text=one.words,
        region=one.region,
        year=one.year,
        line=one.span.line,
        holds=False,
        got=None,
        wanted=one.words,
        findings=(found,),
    )
