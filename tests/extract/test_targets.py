"""The targets of extraction: on passages, and on the report."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

PASSAGES = Path(__file__).parent / "passages"


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "extraction.py"
    spec = importlib.util.spec_from_file_location("extraction_benchmark", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_numbers_in_passages_of_many_kinds(benchmark: ModuleType) -> None:
    score = benchmark.score_folder(PASSAGES)
    rates = {name: rate for name, rate, _total in score.rates()}
    for name in ("recall", "precision", "value right", "unit right", "bound right"):
        assert rates[name] >= benchmark.TARGETS[name].aim, score.errors


def test_numbers_in_the_report(benchmark: ModuleType, root: Path) -> None:
    path = root.parent / "shared" / "report.txt"
    if not path.is_file():
        pytest.skip("the report is not beside the repository")
    score = benchmark.score_report(path, root / "data" / "metrics.csv")
    rates = {name: rate for name, rate, _total in score.rates()}
    for name in ("recall", "precision", "value right", "unit right", "bound right"):
        assert rates[name] == 100, score.errors


def test_numerals_that_are_no_figures_are_omitted(benchmark: ModuleType) -> None:
    for row in benchmark.read_rows(PASSAGES / "not_figures.csv"):
        answers = benchmark.answers_of(PASSAGES / "texts" / row["text_file"])
        found = [each["printed"] for each in answers if each["line"] == row["line"]]
        assert row["printed"] not in found, row
