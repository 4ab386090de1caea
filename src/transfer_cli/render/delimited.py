"""CSV and TSV: every column, full precision, nothing cut."""

import csv
import io

from transfer_cli.render.cells import guarded
from transfer_cli.sheet import Sheet


def render(sheet: Sheet, delimiter: str) -> str:
    """Return the table as delimited text with a header and ``\\n`` line ends."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(guarded(name) for name in sheet.columns)
    columns = [map(guarded, cells) for cells in sheet.cells.values()]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()
