"""The app with every table read in blocks of a few bytes, by pandas or by DuckDB."""

from importlib.util import find_spec

import pytest

NO_DUCKDB = pytest.mark.skipif(not find_spec("duckdb"), reason="DuckDB is not installed")


@pytest.fixture
def in_blocks(cli, monkeypatch):
    """Run the app with every table counted as large, ``size`` bytes to a block."""

    def run(*args, size=64, **options):
        with monkeypatch.context() as patch:
            patch.setenv("TRANSFER_LARGE", "1")
            patch.setenv("TRANSFER_BLOCK", str(size))
            return cli(*args, **options)

    return run


@pytest.fixture(params=["pandas", pytest.param("duckdb", marks=NO_DUCKDB)])
def engine(request):
    """Each engine that can read a large table."""
    return request.param
