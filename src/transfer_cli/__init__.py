"""Honest statistics on reported figures, at the shell prompt and in Python.

The functions of ``transfer_cli.api`` are loaded when they are first used: ``import transfer_cli as
tc``, then ``tc.load()``, ``tc.filter(…)``, ``tc.aggregate(…)``, ``tc.compare(…)``, ``tc.calc(…)``
and ``tc.extract(…)``. The errors of ``transfer_cli.errors`` are here too.
"""

import sys
from importlib import import_module
from types import ModuleType

TYPE_CHECKING = False  # Importing typing would take longer than all else here.
if TYPE_CHECKING:
    from transfer_cli.api import (
        Answer,
        Filters,
        Table,
        aggregate,
        calc,
        compare,
        extract,
        filter,
        load,
    )
    from transfer_cli.errors import DataError, RefusedError, TransferError, UsageError
    from transfer_cli.messages import use

__version__ = "0.1.0"
__all__ = [
    "Answer",
    "DataError",
    "Filters",
    "RefusedError",
    "Table",
    "TransferError",
    "UsageError",
    "aggregate",
    "calc",
    "compare",
    "extract",
    "filter",
    "load",
    "use",
]
_MODULES = {"use": "messages"} | {name: "errors" for name in __all__ if name.endswith("Error")}


class _Package(ModuleType):
    """This package: importing the subpackage ``calc`` must not hide the function ``calc``."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    """Return a name of the API, and import its module."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES.get(name, 'api')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return every public name, loaded or not."""
    return sorted([*globals(), *__all__])
