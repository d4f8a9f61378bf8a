"""The rule sets that come with the package, shipped as `assessment.rules`; read them through `importlib.resources`."""
