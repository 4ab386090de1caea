"""The table of figures in every format, in memory and through DuckDB."""

import pytest

from input_tables import MAKERS


@pytest.fixture(params=[*MAKERS, "xls"])
def form(request, tmp_path):
    """The suffix of a format, and the table in it."""
    if request.param == "xls":
        return "xls", (request.path.parent / "files/figures.xls").read_bytes()
    return request.param.partition(" ")[0], MAKERS[request.param](tmp_path)
