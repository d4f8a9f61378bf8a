"""Exact, audited scoring of regional assessments from rule files."""
