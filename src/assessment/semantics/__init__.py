"""Tree of a rule file → checked rules.

In: a `RuleFile`. Out: `CheckedRules` (`model`): every name resolved, every expression a typed core graph, every policy
known. Invariants: units and kinds agree, sizes add up, tables cover, and whatever the rules need (a policy, a target, a
rounding) is stated. Reports: everything that can be wrong with rules before there is any data.
"""
