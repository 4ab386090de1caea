"""``show``: one figure whole."""

from typing import Annotated

import typer

from transfer_cli import completion
from transfer_cli.options import DataOptions, OutputOptions
from transfer_cli.spreading import spread


@spread
def show_figures(
    ids: Annotated[
        list[str],
        typer.Argument(metavar="ID...", help="Ids of figures.", autocompletion=completion.ids),
    ],
    *,
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """Tell all there is to a figure.

    Its bound and unit, its whole, its parts and whether they add up, and how to cite it.
    """
    from transfer_cli import dataset, dossier
    from transfer_cli.errors import unknown
    from transfer_cli.model import figures
    from transfer_cli.render import dossiers

    known = figures.by_id(dataset.load("metrics", data.sources()).sheet())
    for name in ids:
        if name not in known:
            raise unknown("id", name, known, "transfer-cli filter --columns id")
    found = [dossier.compile_dossier(known[name], known) for name in dict.fromkeys(ids)]
    output.finish_view(dossiers.view(found))
