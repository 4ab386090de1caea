"""CSV and TSV: every column, full precision, nothing cut."""

import csv
import io

from transfer_cli.render.cells import guarded, text
from transfer_cli.table import Table


def render(table: Table, delimiter: str) -> str:
    """Return the table as delimited text with a header and ``\\n`` line ends."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(guarded(name) for name in table.columns)
    columns = [_cells(table, name) for name in table.columns]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()


def _cells(table: Table, name: str) -> list[str]:
    return [guarded(text(cell)) for cell in table.frame[name]]
