"""The grammar of the rule language, shipped as `assessment.grammar`; read it through `importlib.resources`."""
