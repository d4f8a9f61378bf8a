"""The layers of the package import one way, and each outside library only where it belongs.

Imports are read from the source, those inside functions and `import_module("...")` too: a deferred import is
there for start-up time and must not hide a cycle. An import under `TYPE_CHECKING` does not run, so it cannot
close a cycle, but it may look at a later layer only where `TYPE_ONLY` says so.
"""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "assessment"

LAYERS = (
    "errors",
    "diagnostics",
    "number",
    "units",
    "core",
    "syntax",
    "methods",
    "semantics",
    "amending",
    "compiler",
    "data",
    "evaluation",
    "backends",
    "audit",
    "analysis",
    "proof",
    "report",
    "result",
    "ruleset",
    "examples",
    "cache",
    "pipeline",
    "rewrite",
    "api",
    "",  # the package itself, which re-exports the api
)
FACES = (
    "cli",
    "lsp",
    "notebook",
    "testing",
    "__main__",
)  # they may import every layer; no layer imports them
FACE_OF_FACE = {("__main__", "cli")}
SHIPPED_FOLDERS = ("grammar", "rules")  # data with an empty package around them

TYPE_ONLY = {("errors", "diagnostics")}  # the errors carry diagnostics and would not be typed without

HOMES: Mapping[str, tuple[str, ...]] = {
    "IPython": ("notebook",),
    "flint": ("number",),
    "hypothesis": ("testing",),
    "lark": ("syntax",),
    "numpy": ("evaluation",),
    "openpyxl": ("data", "report"),
    "pandas": ("data", "report", "result"),
    "pint": ("units",),
    "polars": ("data", "report", "result"),
    "pyarrow": ("data", "report", "result"),
    "xlsxwriter": ("report",),
}
"""Outside libraries that stay at home: the layers that may import them."""

SLOW_TO_IMPORT = {
    "flint",
    "hypothesis",
    "numpy",
    "openpyxl",
    "pandas",
    "pint",
    "polars",
    "pyarrow",
    "xlsxwriter",
}


class Import(NamedTuple):
    """One module that another one imports."""

    importer: str
    imported: str
    line: int
    type_only: bool


def module_sources(root: Path) -> dict[str, str]:
    """The text of every module below a package folder, by dotted name; a package by its own name."""
    found: dict[str, str] = {}
    for path in sorted(root.rglob("*.py")):
        parts = [root.name, *path.relative_to(root).with_suffix("").parts]
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path.read_text(encoding="utf-8")
    return found


def imports_of(sources: Mapping[str, str], packages: Iterable[str]) -> Iterator[Import]:
    """Every import of every module; a name that is itself a module counts as that module."""
    packages = set(packages)
    for importer, text in sources.items():
        tree = ast.parse(text)
        type_only = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
            for statement in node.body
            for inner in ast.walk(statement)
        }
        for node in ast.walk(tree):
            for imported in _targets(node, importer, importer in packages, sources):
                yield Import(importer, imported, getattr(node, "lineno", 0), id(node) in type_only)


def _targets(node: ast.AST, importer: str, is_package: bool, sources: Mapping[str, str]) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            for alias in names:
                yield alias.name
        case ast.ImportFrom(module=module, names=names, level=level):
            base = module or ""
            if level:
                parents = importer.split(".")[: None if is_package and level == 1 else -(level - is_package)]
                base = ".".join([*parents, *([module] if module else [])])
            for alias in names:
                deeper = f"{base}.{alias.name}"
                yield deeper if deeper in sources else base
        case ast.Call(func=function, args=[ast.Constant(value=str(name)), *_]):
            if ast.unparse(function).split(".")[-1] in {"import_module", "__import__"}:
                yield name


def layer_of(module: str) -> str:
    """The first name below the package; empty for the package itself."""
    return module.split(".")[1] if "." in module else ""


def wrong_imports(found: Iterable[Import]) -> list[str]:
    """What is wrong with the imports of a package called `assessment`, a line each."""
    wrong: list[str] = []
    for one in found:
        place = f"{one.importer}:{one.line} imports {one.imported}"
        layer = layer_of(one.importer)
        if layer not in LAYERS + FACES:
            wrong.append(f"{place}: layer `{layer}` has no place in the order of layers")
        elif one.imported.split(".")[0] == "assessment":
            if not _is_allowed(layer, layer_of(one.imported), one.type_only):
                wrong.append(f"{place}: `{layer}` may not know of `{layer_of(one.imported)}`")
        else:
            library = one.imported.split(".")[0]
            if layer not in HOMES.get(library, (layer,)):
                wrong.append(f"{place}: {library} belongs in {', '.join(HOMES[library])}")
    return wrong


def _is_allowed(importer: str, imported: str, type_only: bool) -> bool:
    if importer == imported or imported in SHIPPED_FOLDERS or (importer, imported) in FACE_OF_FACE:
        return True
    if type_only and (importer, imported) in TYPE_ONLY:
        return True
    if imported not in LAYERS:
        return False
    return importer in FACES or LAYERS.index(imported) < LAYERS.index(importer)


def cycle_in(found: Iterable[Import]) -> list[str]:
    """The modules of one cycle of imports, or nothing."""
    graph: dict[str, set[str]] = {}
    for one in found:
        if not one.type_only and one.imported.split(".")[0] == "assessment":
            graph.setdefault(one.importer, set()).add(one.imported)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@pytest.fixture(scope="module")
def package_imports() -> list[Import]:
    sources = module_sources(SOURCE)
    packages = {
        ".".join(["assessment", *p.parent.relative_to(SOURCE).parts]) for p in SOURCE.rglob("__init__.py")
    }
    return list(imports_of(sources, packages))


def test_layers_import_one_way_and_libraries_stay_at_home(package_imports: list[Import]) -> None:
    assert wrong_imports(package_imports) == []


def test_no_modules_import_each_other_in_a_circle(package_imports: list[Import]) -> None:
    assert cycle_in(package_imports) == []


def test_importing_the_package_loads_nothing_slow() -> None:
    code = "import sys, assessment; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert SLOW_TO_IMPORT & set(done.stdout.split()) == set()


# The reader of imports is itself under test: each seeded mistake must be seen. --------------------------------

SEEDED = {
    "a later layer": ("assessment.units.a", "from assessment.syntax import parse"),
    "a later layer in a function": ("assessment.units.a", "def f():\n    import assessment.core"),
    "a later layer by a relative import": ("assessment.units.a", "from ..core import node"),
    "a later layer by import_module": ("assessment.number", "importlib.import_module('assessment.api')"),
    "a later layer for types only": (
        "assessment.core.a",
        "if TYPE_CHECKING:\n    from assessment.api import Data",
    ),
    "the whole package": ("assessment.report.a", "import assessment"),
    "a face": ("assessment.api", "from assessment.cli import main"),
    "another face": ("assessment.notebook", "from assessment.cli import main"),
    "lark outside syntax": ("assessment.semantics.a", "import lark"),
    "lark outside syntax in a function": ("assessment.core.a", "def f():\n    from lark.lexer import Token"),
    "pint outside units": ("assessment.number.a", "from pint import UnitRegistry"),
    "pandas by import_module": ("assessment.core.a", "import_module('pandas')"),
    "a layer without a place": ("assessment.helpers", "import re"),
}


@pytest.mark.parametrize(("importer", "text"), SEEDED.values(), ids=SEEDED.keys())
def test_wrong_import_is_seen(importer: str, text: str) -> None:
    assert len(wrong_imports(imports_of({importer: text}, ()))) == 1


RIGHT = {
    "an earlier layer": ("assessment.syntax.a", "from assessment.diagnostics import Text"),
    "its own layer": ("assessment.syntax.a", "from assessment.syntax.b import c"),
    "its own layer by a relative import": ("assessment.syntax.a", "from .b import c"),
    "types of the errors": (
        "assessment.errors",
        "if TYPE_CHECKING:\n    from assessment.diagnostics import Text",
    ),
    "the package in a face": ("assessment.cli.main", "import assessment"),
    "a shipped folder": ("assessment.syntax.a", "import assessment.grammar"),
    "a library at home": ("assessment.syntax.a", "import lark"),
    "a library without a home": ("assessment.core.a", "import attrs"),
}


@pytest.mark.parametrize(("importer", "text"), RIGHT.values(), ids=RIGHT.keys())
def test_right_import_is_allowed(importer: str, text: str) -> None:
    assert wrong_imports(imports_of({importer: text}, ())) == []


def test_cycle_through_a_deferred_import_is_seen() -> None:
    sources = {
        "assessment.core.a": "from assessment.core import b",
        "assessment.core.b": "def f():\n    from assessment.core.a import g",
    }
    assert set(cycle_in(imports_of(sources, ()))) == {"assessment.core.a", "assessment.core.b"}


def test_relative_import_in_a_package_counts_from_the_package() -> None:
    sources = {"assessment.core": "from .a import b\nfrom ..units import c", "assessment.core.a": ""}
    found = [one.imported for one in imports_of(sources, {"assessment.core"})]
    assert found == ["assessment.core.a", "assessment.units"]
