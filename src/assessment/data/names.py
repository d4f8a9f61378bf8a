"""Names in the data: which input a heading means, and which region a cell.

Names are compared in folded form. A name that is not known gets the nearest known one as help; nothing is taken for
something else because it looks alike, except that blanks, case, width, underscores and hyphens never count in headings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from assessment.data.words import folded, loose
from assessment.diagnostics.suggest import nearest
from assessment.semantics.model import CheckedRules, Input


@frozen(kw_only=True)
class Names:
    """The names that a rule set knows, by their folded forms.

    `open` is true where the rules have no groups: then every region that the data name is one.
    """

    inputs: tuple[Input, ...]
    input_by_name: Mapping[str, Input] = field(repr=False)
    input_by_loose_name: Mapping[str, Input | None] = field(repr=False)
    region_by_name: Mapping[str, str] = field(repr=False)
    group_by_region: Mapping[str, str | None] = field(repr=False)
    group_titles: frozenset[str] = frozenset()
    open: bool = False

    def input(self, text: str) -> Input | None:
        """The input that is called so by its name, title or an alias."""
        found = self.input_by_name.get(folded(text))
        return found if found is not None else self.input_by_loose_name.get(loose(text))

    def region(self, text: str) -> str | None:
        """The region that is called so; in rules without groups any text is the name of one."""
        found = self.region_by_name.get(folded(text))
        return text.strip() if found is None and self.open and text.strip() else found

    def with_met(self, texts: Iterable[str]) -> Names:
        """The names with the regions that the data name, each by its first spelling; for rules without groups."""
        met: dict[str, str] = {}
        for text in texts:
            if text.strip():
                met.setdefault(folded(text), " ".join(text.split()))
        return evolve(self, region_by_name={**met, **self.region_by_name})

    def near_input(self, text: str, among: Iterable[Input]) -> Input | None:
        """The input among these whose name, title or alias is nearest to the text."""
        by_text = {
            called: spec for spec in among for called in (spec.name, spec.title, *spec.aliases) if called
        }
        found = nearest(text, by_text)
        return None if found is None else by_text[found]

    def near_region(self, text: str) -> str | None:
        """The known region whose name or alias is nearest to the text."""
        found = nearest(folded(text), self.region_by_name)
        return None if found is None else self.region_by_name[found]


def names_of(rules: CheckedRules, aliases: Mapping[str, str]) -> tuple[Names, tuple[str, ...]]:
    """The names of a rule set with extra aliases of regions, and the aliases that lead to no region."""
    by_name: dict[str, Input] = {}
    by_loose_name: dict[str, Input | None] = {}
    for pick in (_own_name, _title, _aliases):
        for spec in rules.inputs:
            for called in pick(spec):
                by_name.setdefault(folded(called), spec)
    for spec in rules.inputs:
        for called in {loose(text) for text in (spec.name, spec.title, *spec.aliases) if text}:
            # A loose name that two inputs share means neither.
            known = by_loose_name.setdefault(called, spec)
            if known is not spec:
                by_loose_name[called] = None
    regions: dict[str, str] = {}
    groups: dict[str, str | None] = {}
    for group in rules.groups:
        for member in group.members:
            regions[folded(member.name)] = member.name
            groups[member.name] = group.name
    for group in rules.groups:
        for member in group.members:
            for alias in member.aliases:
                regions.setdefault(folded(alias), member.name)
    lost: list[str] = []
    for alias, name in aliases.items():
        known_region = regions.get(folded(name)) or (None if rules.groups else name)
        if known_region is None:
            lost.append(name)
        else:
            regions[folded(alias)] = known_region
    titles = frozenset(folded(text) for group in rules.groups for text in (group.name, group.title) if text)
    names = Names(
        inputs=rules.inputs,
        input_by_name=by_name,
        input_by_loose_name=by_loose_name,
        region_by_name=regions,
        group_by_region=groups,
        group_titles=titles,
        open=not rules.groups,
    )
    return names, tuple(lost)


def _own_name(spec: Input) -> tuple[str, ...]:
    return (spec.name,)


def _title(spec: Input) -> tuple[str, ...]:
    return (spec.title,) if spec.title else ()


def _aliases(spec: Input) -> tuple[str, ...]:
    return spec.aliases
