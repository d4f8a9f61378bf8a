"""Two checked rule sets → what changed in meaning, in the order of the new rules.

What is known by name is told field by field, with the value before and after. Every other field is compared by `Sameness`
and told to differ, so that a statement which this package has never heard of cannot change unseen.
A formula whose graph differs although its words are the same reads something that changed: where that is told already (a measure,
a method of the file, an input in another unit), nothing more is said of it; otherwise the values that differ are.
"""

from assessment.analysis.diff.whole import changes, difference

__all__ = ["changes", "difference"]
