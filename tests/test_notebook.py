"""The notebook runs from the first cell to the last, and shows what it says it shows."""

from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat")
pytest.importorskip("ipykernel")

EXAMPLES = Path(__file__).parents[1] / "examples"


def texts(cell: Any) -> str:
    """Everything that a cell shows."""
    found = []
    for output in cell.get("outputs", ()):
        found.append(output.get("text", ""))
        found += [text for kind, text in output.get("data", {}).items() if kind.startswith("text/")]
    return "\n".join(found)


@pytest.fixture(scope="module")
def notebook() -> Any:
    return nbformat.read(EXAMPLES / "liaocheng.ipynb", as_version=4)


@pytest.fixture(scope="module")
def executed(notebook: Any) -> Any:
    from nbclient import NotebookClient

    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(EXAMPLES)}})
    return client.execute()


def test_notebook_is_kept_without_outputs() -> None:
    kept = nbformat.read(EXAMPLES / "liaocheng.ipynb", as_version=4)
    assert [cell for cell in kept.cells if cell.get("outputs") or cell.get("execution_count")] == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
class TestExecuted:
    def test_rule_set_result_and_region_are_shown_as_html(self, executed: Any) -> None:
        kinds = [
            output["data"]
            for cell in executed.cells
            for output in cell.get("outputs", ())
            if "text/html" in output.get("data", {})
        ]
        assert len(kinds) == 3

    def test_html_has_no_script(self, executed: Any) -> None:
        assert "<script" not in "".join(texts(cell) for cell in executed.cells).lower()

    def test_data_are_called_invented_where_the_ranking_is_shown(self, executed: Any) -> None:
        (ranking,) = [cell for cell in executed.cells if cell.source.startswith("result = rules.evaluate")]
        assert "示例数据，虚构" in texts(ranking)

    def test_breakdown_shows_the_rise_of_a_tenth_of_a_percentage_point(self, executed: Any) -> None:
        (shown,) = [cell for cell in executed.cells if ".indicator(2).explain" in cell.source]
        assert "0.1 个百分点" in texts(shown)

    def test_floats_are_shown_to_publish_another_grade(self, executed: Any) -> None:
        (shown,) = [cell for cell in executed.cells if "floats = score" in cell.source]
        assert "published 90.00 优秀; floats 89.99 良好" in texts(shown)

    def test_points_of_what_does_not_apply_are_all_accounted_for(self, executed: Any) -> None:
        (shown,) = [cell for cell in executed.cells if "one.possible" in cell.source]
        assert texts(shown).count("合计 100 分\n") == 2
