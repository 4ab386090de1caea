"""Tables made by hand."""

import pytest

from transfer_cli.frames import pd
from transfer_cli.model.schema import NO_SCHEMA
from transfer_cli.output.formats import Settings, by_name
from transfer_cli.tables.table import Table


@pytest.fixture
def table():
    """Make a table of columns of text: ``table({"a": ["1", ""]})``."""

    def make(columns, schema=NO_SCHEMA, **more):
        frame = pd.DataFrame({name: list(cells) for name, cells in columns.items()}, dtype=object)
        return Table(frame, schema, **more)

    return make


@pytest.fixture
def parts():
    """Cut a table into tables of some rows each; an empty one stays one."""

    def cut(table, rows):
        starts = range(0, max(len(table), 1), rows)
        return [table.with_frame(table.frame.iloc[start : start + rows]) for start in starts]

    return cut


@pytest.fixture
def encode():
    """Return tables in a format as text."""

    def run(name, *tables, **settings):
        return b"".join(by_name(name).encode(iter(tables), Settings(**settings))).decode()

    return run
