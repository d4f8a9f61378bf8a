"""The commands: each module has `HELP`, `add_arguments(parser)` and `run(arguments)`, which gives the exit code."""
