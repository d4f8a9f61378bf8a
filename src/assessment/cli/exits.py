"""Exit codes."""

FINE = 0
FINDINGS = 1
USAGE = 2
FAULT = 70
"""As `EX_SOFTWARE` of sysexits: the fault is ours."""
INTERRUPTED = 130
BROKEN_PIPE = 141
"""What a shell reports for a program whose reader has gone."""
