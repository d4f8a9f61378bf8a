"""Text of a rule file → its tree.

In: the text of a rule file. Out: a `RuleFile` (see `ast`), in one vocabulary for Chinese and English.
Invariants: every node knows its span; names are folded by NFKC; numbers are exact; the tree is at most as deep as the
nesting limit. Reports: what is not grammatical, each mistake once, with its place and what would be right.
"""
