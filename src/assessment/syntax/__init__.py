"""Text of a rule file to its tree, and back.

**In**: a `Source`, which `source.read_source` makes from a file.
**Out**: a `RuleFile` (see `ast`) by `parse.parse`, in one vocabulary for Chinese and English; `print.print_rules` turns it
into text again, in the layout of `formatting`, which puts the text of any author in order too.
**Invariants**: every node knows its span; names are folded by NFKC; numbers are exact; the tree is no deeper than the
nesting limit; reading takes bounded time whatever the text is.
**Reports**: what is not grammatical, each mistake once, with its place and what would be right.

The way of a text: `limits` (refused at once?) → `fold` (twins, invisible characters) → `pieces` (names, numbers, texts,
signs) → `balance` (braces) → `parse`, which asks `lexer` what a piece is in its place, lets the parser of `grammar` call
`build` for the tree, and `mistakes` for words where the text stops being rules. `words` is the vocabulary. `concrete` reads
a text without mistakes once more, into every word that was written and the comments between them.
"""
