"""A tree back to text, in either language.

Reading the text again gives an equal tree. What is written here are the words of a tree, in English and in their order;
`formatting` puts them in order and into the language that is asked for, as it does with a text of any author. Names,
titles, units and the names of methods are the author's own and stay. Comments are not in the tree and are not printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import ClassVar, assert_never

from attrs import frozen

from assessment.diagnostics.bilingual import Lang
from assessment.diagnostics.model import Source
from assessment.errors import UsageError
from assessment.syntax import ast
from assessment.syntax.formatting.document import INDENT
from assessment.syntax.formatting.layout import ONE_LINE
from assessment.syntax.formatting.rules import WIDTH, arranged
from assessment.syntax.formatting.wording import Wording
from assessment.syntax.pieces import is_name
from assessment.syntax.quoting import quoted
from assessment.syntax.words import WORDS, spelling

__all__ = ["print_effect", "print_expression", "print_rules", "print_statement"]

# How tightly an expression holds together; a looser one inside a tighter one stands in parentheses.
_OR, _AND, _NOT, _TEST, _SUM, _PRODUCT, _UNARY, _POWER, _POSTFIX, _ATOM = range(10)

_READINGS = {"score": "SCORE_READ", "rate": "RATE", "rank": "RANK_READ", "bottom": "BOTTOM_READ"}
_SUBJECTS = {"key indicator": "KEY_INDICATOR", "indicator": "INDICATOR", "category": "CATEGORY"}
_SCORE_NODES = {
    "total": "TOTAL",
    "key total": "KEY_TOTAL",
    "indicator": "INDICATOR",
    "category": "CATEGORY",
    "result": "RESULT",
}
_UNITS = {"points": "POINTS", "pp": "PP"}
_REFERENCES = {
    "method": "METHOD_WORD",
    **{
        kind: kind.upper()
        for kind in (
            "indicator",
            "category",
            "part",
            "bonus",
            "deduction",
            "input",
            "let",
            "table",
            "class",
            "department",
            "result",
            "estimate",
            "group",
            "grade",
            "mark",
            "region",
            "targets",
            "veto",
        )
    },
}
_KEYWORDS = {
    spelling.split()[0]
    for meanings in WORDS.values()
    for meaning in meanings
    for spelling in (*meaning.en, *meaning.zh)
}


def print_rules(file: ast.RuleFile, lang: Lang) -> str:
    """The text of a rule file in order, with keywords in one language.

    Errors: a tree that no text gives (a name that is not one, a number without finite decimals, a text with a line
    break) is a `UsageError`.
    """
    return _in(lang, _Printer().file(file), WIDTH)


def print_expression(expression: ast.Expr, lang: Lang) -> str:
    """The text of one expression, on one line.

    >>> from assessment.diagnostics.model import Source
    >>> from assessment.syntax.parse import parse
    >>> file, _ = parse(Source(name="a", text="assessment a { let x = rd /(gdp+ 1 万元)}"))
    >>> print_expression(file.body[0].value, "en")
    'rd / (gdp + 1 万元)'
    """
    written = _Printer().expression(expression, _OR)
    (line,) = _statement_lines(f"let x = {written}", lang)
    return line.partition(" = ")[2]


def print_effect(effect: ast.Effect, lang: Lang) -> str:
    """The text of one effect of a veto."""
    (line,) = _statement_lines(f"veto x when y: {_Printer().effect(effect)}", lang)
    return line.partition("：" if lang == "zh" else ": ")[2].removesuffix("；").removesuffix(";")


def print_statement(statement: ast.Statement | ast.CountsAs | ast.Claim, lang: Lang) -> str:
    """The text of one statement, of what an input says of a lacking value, or of what an example expects, unbroken."""
    printer = _Printer()
    if isinstance(statement, ast.Claim):
        lines = _statement_lines(f'example "" {{ expect {printer.claim(statement)} }}', lang)
        return (
            " ".join(lines).partition(spelling("EXPECT", "expect", lang))[2].strip().removesuffix("}").strip()
        )
    if isinstance(statement, ast.CountsAs):
        (line,) = _statement_lines(f"input x in 家 {{ {printer.attribute(statement)} }}", lang)
        return line.partition("{ ")[2].removesuffix(" }")
    return "\n".join(_statement_lines("\n".join(printer.statement(statement, 0)), lang))


def _statement_lines(written: str, lang: Lang) -> list[str]:
    """The lines of one statement in a language."""
    _, *lines, _ = _in(lang, f"assessment a {{ {written} }}", ONE_LINE).splitlines()
    return [line.removeprefix(" " * INDENT) for line in lines]


def _in(lang: Lang, written: str, width: int) -> str:
    """What was written, in order and in a language."""
    text = arranged(Source(name="<tree>", text=written), Wording(lang=lang, names={}), width)
    if text is None:
        raise UsageError("no text gives this tree", "没有文字能写出这棵语法树")
    return text


@frozen(kw_only=True)
class _Printer:
    lang: ClassVar[Lang] = "en"
    comma: ClassVar[str] = ", "
    list_comma: ClassVar[str] = ", "
    semicolon: ClassVar[str] = "; "
    colon: ClassVar[str] = ": "

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def word(self, terminal: str, name: str | None = None) -> str:
        return spelling(terminal, WORDS[terminal][0].name if name is None else name, self.lang)

    def text(self, text: str) -> str:
        """A text in quotation marks."""
        return quoted(text, self.lang)

    def name_or_text(self, text: str) -> str:
        return text if is_name(text) else self.text(text)

    def number(self, value: Fraction) -> str:
        """A number in decimals, exactly."""
        places, scaled = 0, value
        while scaled.denominator != 1:
            scaled, places = scaled * 10, places + 1
            if places > 60:
                raise UsageError(f"{value} has no finite decimals", f"{value} 不是有限小数")
        digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
        sign = "-" if value < 0 else ""
        return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)

    def unit(self, unit: str) -> str:
        return self.word(_UNITS[unit]) if unit in _UNITS else unit

    def literal(self, literal: ast.Literal) -> str:
        number = self.number(literal.value)
        if literal.unit is None:
            return number
        blank = "" if literal.unit in ("%", "‰") else " "
        return f"{number}{blank}{self.unit(literal.unit)}"

    def titled(self, name: str, title: str | None) -> str:
        return name if title is None else f"{name} {self.text(title)}"

    def listed(self, names: Iterable[str]) -> str:
        return self.list_comma.join(self.name_or_text(name) for name in names)

    def braces(self, entries: Iterable[str]) -> str:
        inner = self.semicolon.join(entries)
        return f"{{ {inner} }}" if inner else "{ }"

    def group(self, name: str) -> str:
        return self.word("EVERYWHERE", name) if name in ("all", "city") else name

    # ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def file(self, file: ast.RuleFile) -> str:
        head = [self.word("ASSESSMENT"), file.name]
        if file.year is not None:
            head += [self.word("FOR"), str(file.year)]
        if file.title is not None:
            head.append(self.text(file.title))
        if file.amends is not None:
            head += [self.word("AMENDS"), self.text(file.amends.text)]
        return "\n".join([" ".join(head) + " {", *self.body(file.body, 1), "}", ""])

    def body(self, statements: Iterable[ast.Statement], depth: int) -> list[str]:
        lines: list[str] = []
        for statement in statements:
            lines += self.statement(statement, depth)
        return lines

    def statement(self, statement: ast.Statement, depth: int) -> list[str]:
        indent = "    " * depth
        if isinstance(statement, ast.Part | ast.Indicator | ast.Category | ast.Adjustment):
            return self.node(statement, depth)
        if isinstance(statement, ast.Replace | ast.Add):
            return self.amended(statement, depth)
        if isinstance(statement, ast.Change) and not _is_short(statement.body):
            head = f"{indent}{self.word('CHANGE')} {self.reference(statement.of)} {{"
            return [head, *self.body(statement.body, depth + 1), indent + "}"]
        if isinstance(statement, ast.Example):
            return self.example(statement, depth)
        return [indent + self.line(statement)]

    def amended(self, statement: ast.Replace | ast.Add, depth: int) -> list[str]:
        """A statement with what is done with it in front and, where it is added, its place behind."""
        indent = "    " * depth
        word = self.word("REPLACE" if isinstance(statement, ast.Replace) else "ADD")
        first, *rest = self.statement(statement.statement, depth)
        lines = [f"{indent}{word} {first.removeprefix(indent)}", *rest]
        if isinstance(statement, ast.Add):
            into = "" if statement.into is None else f" in {self.reference(statement.into)}"
            lines[-1] += into + self.side(statement.side, statement.beside)
        return lines

    def side(self, side: str | None, beside: ast.Reference | None) -> str:
        if side is None or beside is None:
            return ""
        return f" {self.word('AFTER' if side == 'after' else 'BEFORE')} {self.reference(beside)}"

    def reference(self, reference: ast.Reference) -> str:
        """What a statement of an amendment points at."""
        word = self.word(_REFERENCES[reference.kind])
        match reference:
            case ast.Reference(kind="targets"):
                return f"{word} {self.group(reference.scope or '')} {reference.name}"
            case ast.Reference(kind="group"):
                return f"{word} {self.group(reference.name)}"
            case ast.Reference(kind="grade" | "region"):
                return f"{word} {self.name_or_text(reference.name)}"
            case _:
                return f"{word} {reference.name}{''.join(f'.{part}' for part in reference.parts)}"

    def amendment(
        self,
        statement: ast.ChangeSize
        | ast.ChangeTitle
        | ast.Change
        | ast.ChangeInput
        | ast.ChangePolicies
        | ast.AddRegion
        | ast.Remove
        | ast.Renumber
        | ast.Retarget,
    ) -> str:
        """A statement of an amendment that takes one line."""
        word, of = self.word, self.reference
        match statement:
            case ast.ChangeSize(of=node, kind=kind, old=old, new=new, up_to=up_to):
                what = word("TOTAL") if node is None else of(node)
                since = "" if old is None else f"from {self.literal(old)} "
                changed = f"{since}to {self.literal(new)}{self.ceiling(up_to)}"
                return f"{word('CHANGE')} {what} {word('WEIGHT' if kind == 'weight' else 'SIZED')} {changed}"
            case ast.ChangeTitle(of=node, old=title, new=text):
                since = "" if title is None else f"from {self.text(title.text)} "
                changed = f"{since}to {self.text(text.text)}"
                return f"{word('CHANGE')} {of(node)} {word('NAMED')} {changed}"
            case ast.Change(of=node, body=body):
                return f"{word('CHANGE')} {of(node)} {self.line(body[0])}"
            case ast.ChangeInput(of=node, attributes=attributes):
                shown = self.braces(self.attribute(one) for one in attributes)
                return f"{word('CHANGE')} {of(node)} {shown}"
            case ast.ChangePolicies(entries=entries):
                return f"{word('CHANGE')} {self.line(ast.Policies(span=statement.span, entries=entries))}"
            case ast.AddRegion(members=members, group=group, side=side, beside=beside):
                place = f"in {of(group)}{self.side(side, beside)}"
                return f"{word('ADD')} {word('REGION')} {self.members(members)} {place}"
            case ast.Remove(what=gone):
                return f"{word('REMOVE')} {self.removed(gone)}"
            case ast.Renumber(of=node, new=number):
                return f"{word('RENUMBER')} {of(node)} to {number.name}"
            case ast.Retarget(of=node, entries=targets):
                shown = self.braces(self.changed_target(one) for one in targets)
                place = f"{self.group(node.scope or '')} {node.name}"
                return f"{word('RETARGET')} {place} {shown}"
            case _:
                assert_never(statement)

    def removed(self, what: ast.Reference | ast.Statement | ast.Word) -> str:
        if isinstance(what, ast.Reference):
            return self.reference(what)
        return self.word(what.name) if isinstance(what, ast.Word) else self.line(what)

    def changed_target(self, target: ast.ChangedTarget) -> str:
        new = self.literal(target.new)
        if target.old is not None:
            old = self.literal(target.old)
            new = f"from {old} to {new}"
        return f"{target.year}{self.colon}{new}"

    def members(self, members: tuple[ast.Member, ...]) -> str:
        """Regions that one entry names; the aliases belong to the last."""
        aliases = members[-1].aliases
        behind = f" {self.word('ALIAS')} {self.listed(aliases)}" if aliases else ""
        return self.listed(member.name for member in members) + behind

    def node(self, node: ast.Part | ast.Indicator | ast.Category | ast.Adjustment, depth: int) -> list[str]:
        indent = "    " * depth
        head = [indent + self.head(node)]
        if not isinstance(node, ast.Adjustment) and node.size is not None:
            head.append(self.size(node.size))
        if len(node.body) == 1 and isinstance(node.body[0], ast.Score):
            return [" ".join([*head, "=", self.expression(node.body[0].value, _OR)])]
        if len(node.body) == 1 and isinstance(node.body[0], ast.Measure):
            return [" ".join([*head, self.measure(node.body[0])])]
        return [" ".join([*head, "{"]), *self.body(node.body, depth + 1), indent + "}"]

    def head(self, node: ast.Part | ast.Indicator | ast.Category | ast.Adjustment) -> str:
        match node:
            case ast.Adjustment():
                word = self.word("BONUS" if node.kind == "bonus" else "DEDUCTION")
                return f"{word} {self.titled(node.name, node.title)}{self.ceiling(node.up_to)}"
            case ast.Part():
                return f"{self.word('PART')} {self.titled(node.name, node.title)}"
            case ast.Category():
                return f"{self.word('CATEGORY')} {self.titled(node.name, node.title)}"
            case ast.Indicator():
                mark = " ※" if node.key else ""
                return f"{self.word('INDICATOR')} {self.titled(node.number + mark, node.title)}"

    def size(self, size: ast.Size) -> str:
        if size.kind is not None:
            return f"{self.by_year(size.kind, size.by_year)}{self.ceiling(size.up_to)}"
        if size.by_group:
            return f"{self.by_group(size.by_group)}{self.ceiling(size.up_to)}"
        if size.weight is not None:
            return f"{self.word('WEIGHT')} {self.literal(size.weight)}{self.ceiling(size.up_to)}"
        if size.points is None:
            raise UsageError("a size has points or a weight", "分值与权重须有其一")
        return f"{self.literal(size.points)}{self.ceiling(size.up_to)}"

    def by_year(self, kind: str, entries: tuple[ast.YearEntry, ...]) -> str:
        """Points or weights by year."""
        shown = (f"{one.year}{self.colon}{self.literal(one.value)}" for one in entries)
        return f"{self.word('BY_YEAR', kind)} {self.braces(shown)}"

    def by_group(self, entries: tuple[ast.GroupEntry, ...]) -> str:
        """Points by group of regions."""
        none = self.word("NONE")
        shown = (
            f"{self.name_or_text(one.group.name)}{self.colon}{none if one.value is None else self.literal(one.value)}"
            for one in entries
        )
        return f"{self.word('BY_GROUP', 'points')} {self.braces(shown)}"

    def in_force(self, stated: ast.InForce) -> str:
        first = "" if stated.first is None else f" {self.word('SINCE')} {stated.first}"
        last = "" if stated.last is None else f" {self.word('TO')} {stated.last}"
        return f"{self.word('IN_FORCE')}{first}{last}"

    def ceiling(self, up_to: ast.Literal | ast.Infinity | None) -> str:
        """What follows a size: its cap, where there is one."""
        if up_to is None:
            return ""
        most = self.literal(up_to) if isinstance(up_to, ast.Literal) else self.word("NONE")
        return f" {self.word('UP_TO')} {most}"

    def rounding(self, rounding: ast.Rounding) -> str:
        return f"{self.word('MODE', rounding.mode)} to {rounding.places} {self.word('PLACES')}"

    def line(self, statement: ast.Statement) -> str:
        """A statement that takes one line."""
        word = self.word
        match statement:
            case ast.Authority(documents=documents):
                return f"{word('AUTHORITY')} {self.list_comma.join(self.text(d.text) for d in documents)}"
            case ast.Total(by_year=by_year, up_to=up_to) if by_year:
                return f"{word('TOTAL')} {self.by_year('points', by_year)}{self.ceiling(up_to)}"
            case ast.Total(points=points, up_to=up_to):
                whole = word("NONE") if points is None else self.literal(points) + self.ceiling(up_to)
                return f"{word('TOTAL')} {whole}"
            case ast.Round(entries=entries):
                stages = (f"{word('STAGE', e.level)} {self.rounding(e.rounding)}" for e in entries)
                return f"{word('ROUND')} {self.semicolon.join(stages) or word('NONE')}"
            case ast.ResultScale():
                return self.result(statement)
            case ast.Result():
                return self.further_result(statement)
            case ast.Carry(value=value, level=level):
                stage = "" if level is None else f"{word('STAGE', level)} "
                return f"{word('CARRY')} {stage}{word('READ_VALUE', value)}"
            case ast.Compare(value=value, adjusting=adjusting):
                when = "" if adjusting is None else f" {word('ADJUSTING', adjusting)}"
                return f"{word('COMPARE')} {word('READ_VALUE', value)}{when}"
            case ast.AdjustmentCap(kind=kind, up_to=up_to):
                return f"{word('BONUSES' if kind == 'bonus' else 'DEDUCTIONS')}{self.ceiling(up_to)}"
            case ast.CapOrder(when=when):
                return f"{word('CAP')} {word('ADJUSTING', when)}"
            case ast.Rescale(within=within, keep=keep):
                field = f"{word('WITHIN')} {word('FIELD', within)}"
                return f"{word('RESCALE_TO_BEST')} {field}" + (f" {word('OR_KEEP')}" if keep else "")
            case ast.Policies(entries=policies):
                shown = (f"{word('POLICY_KEY', p.key)}{self.colon}{self.disposal(p.value)}" for p in policies)
                return f"{word('POLICIES')} {self.braces(shown)}"
            case ast.Ranking():
                return self.ranking(statement)
            case ast.Group():
                return self.group_line(statement)
            case ast.RegionClass():
                return self.region_class(statement)
            case ast.Department(name=name, title=title, before=before, since=since):
                office = f"{word('DEPARTMENT')} {self.titled(name, title)}"
                if since is None:
                    return office
                earlier = self.list_comma.join(one.name for one in before)
                return f"{office} {word('SUCCEEDS')} {earlier} {word('SINCE')} {since.isoformat()}"
            case ast.Succession(name=name, before=before, since=since):
                both = f"{self.name_or_text(name.name)} {word('SUCCEEDS')} {self.name_or_text(before.name)}"
                return f"{word('REGION')} {both} {word('SINCE')} {since.isoformat()}"
            case ast.Valid(first=first, last=last):
                begins = "" if first is None else f" {word('SINCE')} {first.isoformat()}"
                ends = "" if last is None else f" {word('TO')} {last.isoformat()}"
                return f"{word('VALID')}{begins}{ends}"
            case ast.Input():
                return self.input(statement)
            case ast.Let():
                return self.let(statement)
            case ast.Method():
                return self.method(statement)
            case ast.DataTable():
                return self.data_table(statement)
            case ast.Targets(scope=scope, measure=measure, entries=targets):
                shown = (f"{t.year}{self.colon}{self.literal(t.value)}" for t in targets)
                return f"{word('TARGETS')} {self.group(scope.name)} {measure.name} {self.braces(shown)}"
            case ast.Responsible(departments=departments):
                return f"{word('BY')} {self.list_comma.join(d.name for d in departments)}"
            case ast.Cite(document=document, item=item):
                return f"{word('CITE')} {self.text(document)}{self.item(item)}"
            case ast.Applies():
                return self.applies(statement)
            case ast.Assume(text=text):
                return f"{word('ASSUME')} {self.text(text)}"
            case ast.LeftOut(text=text):
                return f"{word('LEFT_OUT')} {self.text(text)}"
            case ast.Allow(code=code, names=names, reason=reason):
                whose = f"{self.list_comma.join(n.name for n in names)} " if names else ""
                return f"{word('ALLOW')} {code.name} {whose}{self.text(reason)}"
            case ast.Coverage():
                return self.coverage(statement)
            case ast.Estimate():
                return self.estimate(statement)
            case ast.InForce():
                return self.in_force(statement)
            case ast.Floor(value=value):
                return f"{word('FLOOR')} {word('NONE') if value is None else self.literal(value)}"
            case ast.Join(method=method):
                return f"{word('JOIN')} {word('METHOD', method)}"
            case ast.Score(value=value):
                return f"{word('SCORE')} = {self.expression(value, _OR)}"
            case ast.Default(value=value):
                return f"{word('DEFAULT')} {word('SCORE')} = {self.expression(value, _OR)}"
            case ast.Measure():
                return self.measure(statement)
            case ast.SizesFrom(size=size, table=table):
                return f"{word('SIZES_FROM', size)} {table.name}"
            case ast.Grade():
                return self.grade(statement)
            case ast.Veto():
                return self.veto(statement)
            case ast.Mark():
                return self.mark(statement)
            case ast.Limit(condition=condition, at_most=at_most):
                when = f"{word('WHEN')} {self.expression(condition, _OR)}"
                grade = f"{word('GRADE')} at most {self.name_or_text(at_most.name)}"
                return f"{word('LIMIT')} {when}{self.colon}{grade}"
            case ast.Part() | ast.Indicator() | ast.Category() | ast.Adjustment():
                return self.head(statement)
            case ast.Replace() | ast.Add():
                return " ".join(line.strip() for line in self.amended(statement, 0))
            case ast.Example(title=title):
                return f"{word('EXAMPLE')} {self.text(title)}"
            case _:
                return self.amendment(statement)

    def result(self, result: ast.ResultScale) -> str:
        parts = [f"{self.word('RESULT')} {self.titled(result.name, result.title)}"]
        if result.low is None or result.high is None:
            parts.append(self.word("UNBOUNDED"))
        else:
            scale = f"{self.literal(result.low)} {self.word('TO')} {self.literal(result.high)}"
            parts = [f"{parts[0]} {self.word('ON')} {scale}"]
        if result.published is not None:
            parts.append(f"{self.word('PUBLISHED')} {self.rounding(result.published)}")
        if result.ranked == "none":
            parts.append(self.word("UNRANKED"))
        elif result.ranked is not None:
            parts.append(f"{self.word('RANKED_ON')} {self.word('READ_VALUE', result.ranked)}")
        return self.comma.join(parts)

    def further_result(self, result: ast.Result) -> str:
        word = self.word
        head = [f"{word('RESULT')} {self.titled(result.name, result.title)} ="]
        head.append(self.expression(result.value, _OR))
        if result.exchanges:
            entries = (f"{one.name}{self.colon}{self.expression(one.value, _OR)}" for one in result.exchanges)
            head.append(f"{word('WITH')} {self.braces(entries)}")
        if result.unit is not None:
            unit = word("PLAIN") if result.unit.text == "number" else self.unit(result.unit.text)
            head.append(f"{word('IN')} {unit}")
        if result.unbounded:
            head.append(word("UNBOUNDED"))
        elif result.low is not None and result.high is not None:
            scale = f"{self.literal(result.low)} {word('TO')} {self.literal(result.high)}"
            head.append(f"{word('ON')} {scale}")
        parts = [" ".join(head)]
        if isinstance(result.published, ast.Rounding):
            parts.append(f"{word('PUBLISHED')} {self.rounding(result.published)}")
        elif result.published is not None:
            parts.append(f"{word('PUBLISHED')} {word('READ_VALUE', result.published)}")
        if result.ranked == "none":
            parts.append(word("UNRANKED"))
        elif result.ranked is not None:
            ranked = [word("RANKED_ON"), word("READ_VALUE", result.ranked)]
            ranked += [] if result.within is None else [word("WITHIN"), word("FIELD", result.within)]
            ranked += [] if result.first is None else [word("FIRST", result.first)]
            parts.append(" ".join(ranked))
        parts.extend(
            f"{word('POLICY_KEY', policy.key)}{self.colon}{self.disposal(policy.value)}"
            for policy in result.policies
        )
        line = self.comma.join(parts)
        if not result.keys:
            return line
        return f"{line}{self.semicolon}{self.order(result.keys)}"

    def ranking(self, ranking: ast.Ranking) -> str:
        if ranking.within is None:
            head = f"{self.word('RANK')} {self.word('NONE')}"
        else:
            head = f"{self.word('RANK')} {self.word('WITHIN')} {self.word('FIELD', ranking.within)}"
            head += f"{self.comma}{self.word('BOTH_ENDS')}" if ranking.both_ends else ""
        return f"{head}{self.semicolon}{self.order(ranking.keys)}" if ranking.keys else head

    def order(self, keys: tuple[ast.OrderKey, ...]) -> str:
        return f"{self.word('ORDER')} {self.list_comma.join(map(self.order_key, keys))}"

    def group_line(self, group: ast.Group) -> str:
        parts = [self.word("GROUP"), self.titled(self.group(group.name), group.title)]
        if group.reference:
            parts.append(self.word("REFERENCE"))
        if group.members:
            parts.append(self.braces(self.member(member) for member in group.members))
        return " ".join(parts)

    def region_class(self, stated: ast.RegionClass) -> str:
        head = f"{self.word('CLASS')} {self.titled(stated.name, stated.title)}"
        if stated.members is None:
            return head
        return f"{head} {self.braces(self.member(member) for member in stated.members)}"

    def member(self, member: ast.Member) -> str:
        name = self.name_or_text(member.name)
        return f"{name} {self.word('ALIAS')} {self.listed(member.aliases)}" if member.aliases else name

    def let(self, let: ast.Let) -> str:
        head = f"{self.word('LET')} {self.titled(let.name, let.title)} = {self.expression(let.value, _OR)}"
        return head + self.in_unit(let.unit)

    def in_unit(self, unit: ast.Text | None) -> str:
        """A unit behind a name or a formula; nothing where there is none."""
        if unit is None:
            return ""
        shown = self.word("PLAIN") if unit.text == "number" else self.unit(unit.text)
        return f" {self.word('IN')} {shown}"

    def method(self, method: ast.Method) -> str:
        parameters = self.comma.join(self.parameter(each) for each in method.parameters)
        head = self.titled(method.name, method.title)
        value = self.expression(method.value, _OR)
        return f"{self.word('METHOD_WORD')} {head} ({parameters}) = {value}"

    def parameter(self, parameter: ast.Parameter) -> str:
        shown = parameter.name + self.in_unit(parameter.unit)
        if parameter.default is None:
            return shown
        return f"{shown} = {self.expression(parameter.default, _OR)}"

    def data_table(self, table: ast.DataTable) -> str:
        head = f"{self.titled(table.name, table.title)} {self.word('TABLE_KEY', table.by)}"
        rows = (f"{self.key(row.key.name)}{self.colon}{self.literal(row.value)}" for row in table.rows)
        return f"{self.word('TABLE')} {head}{self.in_unit(table.unit)} {self.braces(rows)}"

    def key(self, key: str) -> str:
        return key if is_name(key) or is_item(key) else self.text(key)

    def measure(self, measure: ast.Measure) -> str:
        shown = f"{self.word('MEASURE')} {self.expression(measure.value, _OR)}"
        if measure.direction is None:
            return shown
        return f"{shown}{self.comma}{self.word('DIRECTION', measure.direction)}"

    def item(self, item: str | None) -> str:
        if item is None:
            return ""
        shown = self.key(item)
        return f" {self.word('ITEM_WORD')} {shown}"

    def applies(self, applies: ast.Applies) -> str:
        parts = [
            self.word("APPLIES" if applies.applies else "EXCLUDES"),
            self.list_comma.join(self.subject(group.name) for group in applies.groups),
        ]
        if applies.condition is not None:
            parts += [self.word("WHEN"), self.expression(applies.condition, _OR)]
        if applies.then is not None:
            parts += ["->", self.disposal(applies.then)]
        return " ".join(parts)

    def subject(self, name: str) -> str:
        return self.group(name) if name in ("all", "city") or is_name(name) else self.text(name)

    def quantifier(self, node: ast.Quantified) -> tuple[str, ...]:
        if node.count is None:
            return (self.word("QUANTIFIER", node.quantifier),)
        return self.word("COUNTED", node.quantifier), self.number(node.count), self.word("COUNTED_ITEMS")

    def grade(self, grade: ast.Grade) -> str:
        head = f"{self.word('GRADE')} {self.name_or_text(grade.name)}"
        test = self.word("OTHERWISE") if grade.bound is None else f"{grade.op} {self.literal(grade.bound)}"
        when = (
            "" if grade.condition is None else f" {self.word('WHEN')} {self.expression(grade.condition, _OR)}"
        )
        return f"{head} {test}{when}" + ("" if grade.quota is None else self.comma + self.quota(grade.quota))

    def veto(self, veto: ast.Veto) -> str:
        head = f"{self.word('VETO')} {self.titled(veto.name, veto.title)}"
        when = f"{self.word('WHEN')} {self.expression(veto.condition, _OR)}"
        return f"{head} {when}{self.colon}{self.comma.join(self.effect(one) for one in veto.effects)}"

    def mark(self, mark: ast.Mark) -> str:
        head = f"{self.word('MARK')} {self.titled(mark.name, mark.title)}"
        when = (
            "" if mark.condition is None else f" {self.word('WHEN')} {self.expression(mark.condition, _OR)}"
        )
        return head + when + ("" if mark.quota is None else self.comma + self.quota(mark.quota))

    def effect(self, effect: ast.Effect) -> str:
        word = self.word
        match effect:
            case ast.ZeroScore(node="total"):
                return f"{word('TOTAL')} {word('ZEROED')}"
            case ast.ZeroScore(node=node, reference=reference):
                level = "CATEGORY" if node == "category" else "INDICATOR"
                return f"{word(level)} {reference} {word('ZEROED')}"
            case ast.HoldGrade(grade=grade, at_most=at_most):
                relation = "at most" if at_most else "="
                return f"{word('GRADE')} {relation} {self.name_or_text(grade.name)}"
            case ast.LowerGrade(by=by):
                return f"{word('GRADE')} {word('LOWERED')} {self.number(by)}"
            case ast.Bar(what=what, quoted=quoted):
                told = word("EVERY_MARK") if what is None else self.text(what.name) if quoted else what.name
                return f"{word('BARRED')} {told}"
            case ast.Unrank():
                return word("OUT_OF_RANKING")
            case _:
                assert_never(effect)

    def quota(self, quota: ast.Quota) -> str:
        size = self.literal(quota.size)
        if quota.size.unit is None:
            size += f" {self.word('REGIONS')}"
        name = quota.within.name
        within = self.word("FIELD", name) if name in ("group", "all") else name
        words = [f"{self.word('CHOSEN_BY')} {self.order_key(one)}" for one in quota.by]
        words += [self.word("IN_ORDER")] if quota.ordered else []
        words += [] if quota.mode is None else [self.word("MODE", quota.mode)]
        words += [] if quota.ties is None else [self.word("AT_LINE", quota.ties)]
        shown = f" ({self.comma.join(words)})" if words else ""
        return f"at most {size} {self.word('WITHIN')} {within}{shown}"

    def order_key(self, key: ast.OrderKey) -> str:
        shown = self.expression(key.value, _SUM)
        return shown if key.first is None else f"{shown} {self.word('FIRST', key.first)}"

    def coverage(self, stated: ast.Coverage) -> str:
        word = self.word
        least = self.literal(stated.least)
        if stated.parts is not None:
            least = f"{least}/{self.literal(stated.parts)}"
        of, by = word("COVERED_OF", stated.of), word("COVERED_BY", stated.by)
        exempt = word("COVERED_EXEMPT", stated.exempt)
        shown = f"{word('COVERAGE')} {word('AT_LEAST')} {least} {of} {by}{self.comma}{exempt}"
        if stated.then is None:
            return shown
        return f"{shown} -> {self.disposal(stated.then)}"

    def estimate(self, stated: ast.Estimate) -> str:
        word = self.word
        head = f"{word('ESTIMATE')} {stated.name.name} = {self.expression(stated.value, _OR)}"
        either = f" {word('OR')} ".join(word("IS", status) for status in stated.statuses)
        shown = f"{head} {word('WHEN')} {either}"
        return shown if stated.fields is None else f"{shown}{self.comma}{word('IN_FIELDS', stated.fields)}"

    def disposal(self, disposal: ast.Disposal) -> str:
        """What becomes of a score that is not there."""
        match disposal:
            case ast.Disposal(rate=ast.Literal() as rate):
                return self.literal(rate)
            case ast.Disposal(value=value, within=str(within)):
                shown = f"{self.word('PEERS', value)} {self.word('WITHIN')} {self.word('FIELD', within)}"
            case ast.Disposal(subject=ast.Word(name=name)):
                shown = f"{self.word('REFERENCE')} {self.name_or_text(name)}"
            case _:
                return self.word("POLICY_VALUE", disposal.value)
        if disposal.otherwise is None:
            return shown
        return f"{shown}{self.comma}{self.word('OR_ELSE')} {self.disposal(disposal.otherwise)}"

    # ── inputs ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def input(self, node: ast.Input) -> str:
        parts = [self.word("INPUT"), self.titled(node.name, node.title), self.form(node.form)]
        if node.attributes:
            parts.append(self.braces(self.attribute(attribute) for attribute in node.attributes))
        return " ".join(parts)

    def form(self, form: ast.Form | ast.FieldForm) -> str:
        match form:
            case ast.Measured(unit=unit):
                return f"{self.word('IN')} {self.word('PLAIN') if unit is None else self.unit(unit)}"
            case ast.YesNo():
                return self.word("YES_NO")
            case ast.Choice(levels=levels):
                return f"{self.word('LEVEL')} {self.listed(levels)}"
            case ast.Ratings(low=low, high=high):
                return f"{self.word('RATINGS')} {self.literal(low)} {self.word('TO')} {self.literal(high)}"
            case ast.Events(levels=levels):
                return f"{self.word('EVENTS')} {self.word('LEVEL')} {self.listed(levels)}"
            case ast.Dated():
                return self.word("DATED")
            case ast.Texted():
                return self.word("TEXTED")
            case ast.NamedRegion():
                return self.word("REGION")
            case _:
                assert_never(form)

    def attribute(self, attribute: ast.InputAttribute) -> str:
        word = self.word
        match attribute:
            case ast.From(departments=departments):
                return f"{word('FROM')} {self.list_comma.join(d.name for d in departments)}"
            case ast.Range():
                return f"{word('RANGE')} {self.range(attribute)}"
            case ast.Basis(text=text):
                return f"{word('BASIS')} {self.text(text)}"
            case ast.Alias(names=names):
                return f"{word('ALIAS')} {self.listed(names)}"
            case ast.Evidence(what=what, required=required):
                if what == "reason" and required:
                    return f"{word('REASON')} {word('REQUIRED')}"
                shown = f"{word('EVIDENCE')} {self.name_or_text(what)}"
                if attribute.or_not_counted:
                    return f"{shown} {word('OR_NOT_COUNTED')}"
                return f"{shown} {word('REQUIRED')}" if required else shown
            case ast.CountsAs(status=status, value=value):
                return f"{word('STATUS', status)} {word('COUNTS_AS')} {self.substitute(value)}"
            case ast.Code(text=text, status=status):
                return f"{word('CODE')} {self.text(text)} {word('MEANS')} {self.code_status(status)}"
            case ast.Kind(kind=kind):
                return f"{word('KIND')} {word('KIND_NAME', kind)}"
            case ast.Lag(years=years):
                return f"{word('LAG')} {years}"
            case ast.PublishedTo(places=places):
                return f"{word('PUBLISHED_TO')} {places} {word('PLACES')}"
            case ast.RowField(name=name, title=title, form=form, required=required):
                shown = f"{word('ROW_FIELD')} {self.titled(name, title)} {self.form(form)}"
                return f"{shown} {word('REQUIRED')}" if required else shown
            case ast.NoRows(status=status):
                meaning = word("NONE") if status == "none" else self.code_status(status)
                return f"{word('NO_ROWS')} {meaning}"
            case _:
                assert_never(attribute)

    def code_status(self, status: str) -> str:
        # `code "-9999" means not reported` reads better than `means missing`.
        return status if status == "not reported" else self.word("IS", status)

    def substitute(self, value: ast.Expr) -> str:
        if isinstance(value, ast.Name) and value.name in ("yes", "no"):
            return self.word("ANSWER", value.name)
        return self.expression(value, _UNARY)

    def range(self, bounds: ast.Range) -> str:
        low, high = bounds.low, bounds.high
        if low is not None and high is None:
            return f"{'>=' if bounds.low_closed else '>'} {self.literal(low)}"
        if high is not None and low is None:
            return f"{'<=' if bounds.high_closed else '<'} {self.literal(high)}"
        if low is not None and high is not None and bounds.low_closed and bounds.high_closed:
            return f"{self.literal(low)} {self.word('TO')} {self.literal(high)}"
        opening, closing = "[" if bounds.low_closed else "(", "]" if bounds.high_closed else ")"
        ends = ("-∞" if low is None else self.literal(low), "∞" if high is None else self.literal(high))
        return f"{opening}{ends[0]}, {ends[1]}{closing}"

    # ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def example(self, example: ast.Example, depth: int) -> list[str]:
        indent = "    " * depth
        items = [f"{indent}    {self.example_item(item)}" for item in example.items]
        return [f"{indent}{self.line(example)} {{", *items, indent + "}"]

    def example_item(self, item: ast.Given | ast.GivenFile | ast.GivenTable | ast.Expect) -> str:
        match item:
            case ast.Given(regions=regions, year=year, cells=cells):
                of = self.list_comma.join(self.name_or_quoted(one.name) for one in regions)
                when = "" if year is None else f" {year}"
                shown = self.braces(self.cell(cell) for cell in cells)
                return f"{self.word('GIVEN')} {of}{when} {shown}"
            case ast.GivenTable(year=year, columns=columns, lines=lines):
                when = "" if year is None else f" {year}"
                named = self.list_comma.join(one.name.name + self.in_unit(one.unit) for one in columns)
                shown = self.braces(self.given_line(line) for line in lines)
                return f"{self.word('GIVEN')} {self.word('TABLE')}{when} ({named}) {shown}"
            case ast.GivenFile(path=path):
                return f"{self.word('GIVEN')} {self.word('DATA_FILE')} {self.text(path)}"
            case ast.Expect(claims=claims):
                shown = self.semicolon.join(self.claim(claim) for claim in claims)
                return f"{self.word('EXPECT')} {shown}".rstrip()

    def cell(self, cell: ast.GivenCell) -> str:
        if cell.rows is not None:
            return f"{cell.name.name} {self.braces(self.given_row(row) for row in cell.rows)}"
        if cell.status == "none":
            return f"{cell.name.name} {self.word('NONE')}"
        if cell.status is not None:
            return f"{cell.name.name} {self.code_status(cell.status)}"
        return f"{cell.name.name} {self.list_comma.join(map(self.given_value, cell.values))}"

    def given_line(self, line: ast.GivenLine) -> str:
        shown = self.comma.join(map(self.given_entry, line.entries))
        return f"{self.name_or_quoted(line.region.name)}{self.colon}{shown}"

    def given_entry(self, entry: ast.GivenEntry) -> str:
        if entry.value is not None:
            return self.given_value(entry.value)
        return self.word("NONE") if entry.status == "none" else self.code_status(entry.status or "absent")

    def given_row(self, row: ast.GivenRow) -> str:
        fields = (
            f"{one.name.name}{self.colon}"
            + (self.code_status(one.status or "absent") if one.value is None else self.given_value(one.value))
            for one in row.fields
        )
        return self.comma.join([self.given_value(row.value), *fields])

    def given_value(self, value: ast.GivenValue) -> str:
        match value:
            case ast.Literal():
                return self.literal(value)
            case ast.Word(name=name):
                return self.name_or_quoted(name)
            case ast.Date(day=day):
                return day.isoformat()
            case ast.Name(name=name):
                return self.word("ANSWER", name)

    def claim(self, claim: ast.Claim) -> str:
        parts = [] if claim.region is None else [self.name_or_quoted(claim.region.name)]
        parts += [] if claim.year is None else [str(claim.year)]
        match claim:
            case ast.Claim(what="grade", word=word):
                equals = [self.word("NONE")] if word is None else ["=", self.name_or_text(word.name)]
                parts += [self.word("GRADE"), *equals]
            case ast.Claim(what="mark" | "veto" as what, word=ast.Word(name=name), held=held):
                parts += [] if held else [self.word("NOT")]
                parts += [self.word("MARKED" if what == "mark" else "VETO"), name]
            case ast.Claim(what="rank", within=within, place=place):
                parts.append(self.word("RANK"))
                if within is not None:
                    parts += [self.word("WITHIN"), self.word("FIELD", within)]
                parts += [self.word("NONE")] if place is None else ["=", self.number(place)]
            case ast.Claim(what="error", left=left, word=ast.Word(name=name)) if left is not None:
                parts += [self.claimed(left), self.word("REFUSED"), name]
            case ast.Claim(left=left, op=str(op), right=right) if left is not None and right is not None:
                parts += [self.claimed(left), op, self.expression(right, _SUM)]
            case ast.Claim(left=left, status=str(status)) if left is not None:
                parts += [self.claimed(left), self.code_status(status)]
        return " ".join(parts)

    def name_or_quoted(self, text: str) -> str:
        """A name where a keyword may stand too, which then goes before it."""
        return self.text(text) if text in _KEYWORDS else self.name_or_text(text)

    def claimed(self, left: ast.ScoreOf | ast.Name | ast.AdjustmentOf) -> str:
        if isinstance(left, ast.AdjustmentOf):
            return f"{self.word('BONUS' if left.kind == 'bonus' else 'DEDUCTION')} {left.name}"
        return self.expression(left, _ATOM)

    # ── expressions ──────────────────────────────────────────────────────────────────────────────────────────────────

    def expression(self, node: ast.Expr, loosest: int) -> str:
        """An expression, in parentheses if it is looser than its place allows."""
        tightness, shown = self.bare(node)
        return shown if tightness >= loosest else f"({shown})"

    def bare(self, node: ast.Expr) -> tuple[int, str]:
        """An expression without parentheses around it, and how tightly it holds together."""
        word = self.word
        match node:
            case ast.Literal():
                return _UNARY if node.value < 0 else _ATOM, self.literal(node)
            case ast.Infinity(sign=sign):
                return (_UNARY, "-∞") if sign < 0 else (_ATOM, "∞")
            case ast.String(text=text):
                return _ATOM, self.text(text)
            case ast.Name(name=name):
                return _ATOM, name
            case ast.Date(day=day):
                return _ATOM, day.isoformat()
            case ast.FieldOf(rows=rows, field=field):
                return _ATOM, f"{rows.name}.{field}"
            case ast.OwnRegion():
                return _ATOM, word("OWN_REGION")
            case ast.Earlier(operand=operand, offset=offset):
                return _POSTFIX, f"{self.expression(operand, _ATOM)}[{offset}]"
            case ast.Negate(operand=operand):
                return _UNARY, f"-{self.expression(operand, _POWER)}"
            case ast.Sum():
                return _SUM, self.sum(node)
            case ast.Product(factors=factors):
                first, *rest = factors
                shown = self.expression(first.value, _UNARY)
                return _PRODUCT, shown + "".join(
                    f" {factor.op} {self.expression(factor.value, _UNARY)}" for factor in rest
                )
            case ast.Power(base=base, exponent=exponent):
                return _POWER, f"{self.expression(base, _POSTFIX)} ^ {exponent}"
            case ast.Comparison(op=op, left=left, right=right):
                return _TEST, f"{self.expression(left, _SUM)} {op} {self.expression(right, _SUM)}"
            case ast.Between():
                value, low, high = (self.expression(x, _SUM) for x in (node.value, node.low, node.high))
                return (
                    _TEST,
                    f"{value} {word('SINCE')} {low} {word('TO')} {high}",
                )
            case ast.InYear(value=value, offset=offset):
                year = word("IN_YEAR", "this year" if offset == 0 else "last year")
                return _TEST, f"{self.expression(value, _SUM)} {year}"
            case ast.Logical(op=op, operands=operands):
                own, terminal = (_OR, "OR") if op == "or" else (_AND, "AND")
                return own, f" {word(terminal)} ".join(self.expression(x, own + 1) for x in operands)
            case ast.Not(operand=operand):
                return _NOT, f"{word('NOT')} {self.expression(operand, _TEST)}"
            case ast.Is(status=status, operand=operand):
                return _TEST, f"{word('IS', status)} {self.expression(operand, _POSTFIX)}"
            case ast.ScoreOf():
                return _ATOM, self.score_of(node)
            case ast.Marked(name=name):
                return _ATOM, f"{word('MARKED')} {name.name}"
            case ast.GradeOf():
                return _ATOM, word("GRADE")
            case ast.Quantified():
                return _TEST, " ".join(
                    (
                        *self.quantifier(node),
                        word(_SUBJECTS[node.subjects]),
                        word(_READINGS[node.reading]),
                        *self.taken(node.taken),
                        node.op,
                        self.expression(node.right, _SUM),
                    )
                )
            case ast.It():
                return _ATOM, word("IT")
            case ast.ItsDirection():
                return _ATOM, word("ITS_DIRECTION")
            case ast.Call():
                return _ATOM, self.call(node)
            case _:
                assert_never(node)

    def sum(self, node: ast.Sum) -> str:
        first, *rest = node.terms
        shown = self.expression(first.value, _PRODUCT)
        return shown + "".join(
            f" {'+' if term.sign > 0 else '-'} {self.expression(term.value, _PRODUCT)}" for term in rest
        )

    def score_of(self, node: ast.ScoreOf) -> str:
        parts = [self.word(_SCORE_NODES[node.node])]
        if node.reference is not None:
            parts.append(node.reference)
        if node.reading != "score":
            parts.append(self.word(_READINGS[node.reading]))
        return " ".join([*parts, *self.taken(node.taken)])

    def taken(self, value: str | None) -> tuple[str, ...]:
        """Which of the two values of a score is read, where it is said."""
        return () if value is None else (self.word("READ_VALUE", value),)

    def call(self, node: ast.Call) -> str:
        table = "" if node.table is None else " " + self.braces(self.row(row) for row in node.table.rows)
        if not node.arguments and table:
            return node.name + table
        arguments = self.comma.join(
            ("" if a.name is None else a.name + self.colon) + self.expression(a.value, _OR)
            for a in node.arguments
        )
        return f"{node.name}({arguments}){table}"

    def row(self, row: ast.Row) -> str:
        match row:
            case ast.CompareRow(op=op, bound=bound, value=value):
                key = f"{op} {self.expression(bound, _SUM)}"
            case ast.RangeRow(value=value):
                key = self.interval(row)
            case ast.KeyRow(key=expression, each=each, value=value):
                shown = self.expression(expression, _OR)
                key = f"{self.word('EACH')} {shown}" if each else shown
            case ast.OtherwiseRow(value=value):
                key = self.word("OTHERWISE")
            case ast.CapRow(key=expression, most=most):
                shown = f"{self.word('UP_TO')} {self.expression(most, _OR)}"
                return f"{self.expression(expression, _OR)}{self.colon}{shown}"
            case _:
                assert_never(row)
        text = f"{key}{self.colon}{self.expression(value, _OR)}"
        if isinstance(row, ast.KeyRow) and row.up_to is not None:
            text += f" {self.word('UP_TO')} {self.expression(row.up_to, _OR)}"
        return text

    def interval(self, row: ast.RangeRow) -> str:
        units = {end.unit for end in (row.low, row.high) if isinstance(end, ast.Literal)}
        shared = units.pop() if len(units) == 1 else None
        ends = ", ".join(self.end(end, shared) for end in (row.low, row.high))
        brackets = ("[" if row.low_closed else "(", "]" if row.high_closed else ")")
        behind = "" if shared is None else f" {self.unit(shared)}"
        return f"{brackets[0]}{ends}{brackets[1]}{behind}"

    def end(self, end: ast.Literal | ast.Infinity, shared: str | None) -> str:
        if isinstance(end, ast.Infinity):
            return "∞" if end.sign > 0 else "-∞"
        return self.literal(end) if shared is None else self.number(end.value)


def _is_short(body: tuple[ast.Statement, ...]) -> bool:
    """Whether a change is written without braces."""
    return len(body) == 1 and isinstance(body[0], ast.Score | ast.Measure)


def is_item(text: str) -> bool:
    """Whether a text is a number of a clause, such as `2` or `3.1`."""
    return text.isascii() and all(part.isdigit() for part in text.split("."))
