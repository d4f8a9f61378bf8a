"""What holds for all tests."""

import os

from hypothesis import settings

# A deadline measures the machine, not the code; a fixed seed gives each run the same verdict.
settings.register_profile("repeatable", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("repeatable")

# What an earlier run compiled must not decide what this one sees.
os.environ["ASSESSMENT_CACHE"] = "off"
