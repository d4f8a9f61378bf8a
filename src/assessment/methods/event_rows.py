"""Which rows of a region count, what each earns, and how much all of them do: shared by the methods over events.

`where` leaves rows out, `once` lets one of several rows with one key count (the highest level, then the first), `kind`
tells kinds apart, each of which may have a cap of its own. What the record tells of single rows is noted under names
that begin with `@`, which no sentence can use.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Entry, Parameter, Problem, Sort, constant

ROW_NOTE = "@"
"""What the name of a note on single rows begins with."""

EVENTS = Parameter(en="events", zh="事项", sort=Sort.ROWS)
WHERE = Parameter(
    en="where",
    zh="条件",
    sort=Sort.ROW_CONDITION,
    of="events",
    optional=True,
    about=Text(en="which rows take part; their fields stand by their names", zh="哪些行参与，字段直接写名称"),
)
ONCE = Parameter(
    en="once",
    zh="不重复",
    sort=Sort.FIELD,
    of="events",
    optional=True,
    about=Text(
        en="of rows with one value of this field, one counts: the highest level, then the first",
        zh="该字段相同的各行只计一行：等级最高者，等级相同的取在先者",
    ),
)
REPEATS = Parameter(
    en="repeats",
    zh="重复",
    sort=Sort.WORD,
    choices=(("count", "计入"),),
    optional=True,
    about=Text(en="that rows which repeat one another all count", zh="重复的各行都计入"),
)
KIND = Parameter(
    en="kind",
    zh="类别",
    sort=Sort.FIELD,
    of="events",
    optional=True,
    about=Text(en="the field that tells kinds of events apart", zh="区分事项类别的字段"),
)


@frozen(kw_only=True)
class Counted:
    """The rows that take part (`where`), those of them that are no repetition (`once`), and both together."""

    where: n.Node | None
    once: n.Node | None
    both: n.Node | None


def counted(call: Call, rows: n.Node) -> Counted:
    """The rows that count."""
    where, key = call.maybe("where"), call.maybe("once")
    if key is None:
        return Counted(where=where, once=None, both=where)
    # Levels count from 0, the highest; ratings have no better one, so the first counts.
    best = [(rows, False)] if rows.type.kind is Kind.LEVEL else []
    once = b.distinct([key], best, where=where)
    return Counted(where=where, once=once, both=once)


def of_kind(rows: Counted, kind: n.Node | None, level: int | None) -> n.Node | None:
    """The condition for the rows that count and are of one kind; of any kind where that is None."""
    if kind is None or level is None:
        return rows.both
    is_so = b.compare("=", kind, b.const(level, kind.type))
    return is_so if rows.both is None else b.both(rows.both, is_so)


def notes(
    rows: Counted,
    points: n.Node | None = None,
    kind: n.Node | None = None,
    kept: n.Node | None = None,
    best: n.Node | None = None,
) -> tuple[n.Named, ...]:
    """What the record tells of single rows."""
    named = {
        "where": rows.where,
        "once": rows.once,
        "points": points,
        "kind": kind,
        "kept": kept,
        "best": best,
    }
    return tuple(n.Named(name=ROW_NOTE + name, node=node) for name, node in named.items() if node is not None)


def capped(call: Call, kind: n.Node | None, earned: Sequence[n.Node]) -> tuple[n.Node, tuple[n.Named, ...]]:
    """The sum over kinds, each held to its cap, with the notes that a sentence needs; `earned` is by the order of kinds."""
    if kind is None:
        return earned[0], ()
    cap_by_kind = {int(level): entry for entry in call.caps if (level := constant(entry.key)) is not None}
    terms: list[n.Node] = []
    named: list[n.Named] = []
    for place, sum_ in enumerate(earned):
        cap = cap_by_kind.get(place)
        terms.append(sum_ if cap is None else b.minimum(sum_, cap.value))
        named.append(n.Named(name=f"kind{place + 1}", node=sum_))
        if cap is not None:
            named.append(n.Named(name=f"cap{place + 1}", node=cap.value))
    return b.add(*terms), tuple(named)


def sum_ends(
    call: Call, kind: n.Node | None, ends: tuple[Fraction | None, Fraction | None]
) -> tuple[Fraction | None, Fraction | None]:
    """The ends of a sum over kinds of which each lies between `ends` before its cap."""
    low, high = ends
    if kind is None or low is None or high is None:
        return ends
    cap_by_kind = {constant(entry.key): constant(entry.value) for entry in call.caps}
    if None in cap_by_kind.values():
        return None, None
    caps = [cap_by_kind.get(Fraction(place)) for place in range(len(kind.type.levels))]
    return (
        sum((low if cap is None else min(low, cap) for cap in caps), Fraction(0)),
        sum((high if cap is None else min(high, cap) for cap in caps), Fraction(0)),
    )


def kinds_phrase(call: Call) -> Text:
    """What each kind earned, as a template: `科技 {kind1}（至多 {cap1}）`."""
    kind = call.maybe("kind")
    if kind is None:
        return Text(en="", zh="")
    caps = {int(level) for entry in call.caps if (level := constant(entry.key)) is not None}
    en, zh = [], []
    for place, name in enumerate(kind.type.levels):
        number = place + 1
        en.append(f"{name} {{kind{number}}}" + (f" (at most {{cap{number}}})" if place in caps else ""))
        zh.append(f"{name} {{kind{number}}}" + (f"（至多 {{cap{number}}}）" if place in caps else ""))
    return Text(en=", ".join(en), zh="、".join(zh))


def problems(call: Call, *, caps_needed: bool) -> tuple[Problem, ...]:
    """What can be wrong between rows, kinds and caps."""
    found: list[Problem] = []
    rows, kind = call.node("events"), call.maybe("kind")
    if rows.type.kind is not Kind.LEVEL:
        return (
            Problem(
                code="argument-kind",
                text=Text(
                    en="`events` needs events with levels, not ratings",
                    zh="参数 `事项` 需要有等级的事项，而不是评分",
                ),
                at="events",
                help=Text(en="use `ratings` for ratings", zh="评分请用 `评分`"),
            ),
        )
    if kind is not None and not kind.type.levels:
        return (
            Problem(
                code="argument-kind",
                text=Text(
                    en="`kind` needs a field with levels, whose kinds are known",
                    zh="参数 `类别` 需要有等级的字段，其类别须事先列出",
                ),
                at="kind",
                help=Text(en="declare it as `field … level …`", zh="请声明为 `字段 … 等级 …`"),
            ),
        )
    row_by_kind: dict[Fraction, Entry] = {}
    for entry in call.caps:
        level = constant(entry.key)
        if level is None or kind is None:
            continue
        if level in row_by_kind:
            name = kind.type.levels[int(level)]
            found.append(
                Problem(
                    code="band-overlap",
                    text=Text(en=f"the kind `{name}` has two caps", zh=f"类别 `{name}` 有两个上限"),
                    help=Text(en="keep one of them", zh="只保留一行"),
                )
            )
        row_by_kind[level] = entry
    if kind is not None and caps_needed:
        lacking = [name for place, name in enumerate(kind.type.levels) if Fraction(place) not in row_by_kind]
        if lacking:
            found.append(
                Problem(
                    code="band-uncovered",
                    text=Text(
                        en=f"no cap for {', '.join(f'`{name}`' for name in lacking)}",
                        zh=f"类别 {'、'.join(f'`{name}`' for name in lacking)} 没有上限",
                    ),
                    help=Text(
                        en=f"add `{lacking[0]}: up to 3 points`", zh=f"增加一行 `{lacking[0]}：至多 3 分`"
                    ),
                )
            )
    return tuple(found)


def repeats_problem(call: Call) -> tuple[Problem, ...]:
    """That it is said what happens to events reported twice; `once` and `repeats` say it, and only one of them."""
    once, repeats = call.maybe("once"), call.maybe_word("repeats")
    if (once is None) is not (repeats is None):
        return ()
    if once is not None:
        return (
            Problem(
                code="repeats-unstated",
                text=Text(
                    en="`once` and `repeats: count` contradict each other",
                    zh="`不重复` 与 `重复：计入` 相矛盾",
                ),
                at="repeats",
                help=Text(en="keep one of the two", zh="只保留其中之一"),
            ),
        )
    return (
        Problem(
            code="repeats-unstated",
            text=Text(
                en="it is not said whether an event that is reported twice counts twice",
                zh="未说明重复上报的事项是否重复计分",
            ),
            help=Text(
                en="add `once:` with the field that tells events apart, or `repeats: count`",
                zh="用 `不重复：` 写明区分事项的字段，或写 `重复：计入`",
            ),
        ),
    )
