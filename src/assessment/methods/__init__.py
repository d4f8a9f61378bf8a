"""The methods: every score map, measure function and field statistic, one file each.

In: the typed arguments of a call (`base.Call`). Out: core nodes (`base.Lowered`). Invariants: a method is its file: names
in both languages, parameters, limits, translation into the core, sentence, and the docstring that is its reference page;
names are data to the grammar, so nothing else has to know it. Reports: `base.Problem`, placed by the semantics.

Other distributions register methods through the entry point group `assessment.methods`.
"""
