"""Compiles the catalogues of messages when the package is built or installed for editing."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Writes a ``.mo`` file beside every ``.po`` file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue, and add the compiled files to what is built."""
        runpy.run_path(str(Path(self.root, "tools", "catalogue.py")))["compile_all"]()
        build_data["artifacts"].append("src/transfer_cli/locale/**/*.mo")
