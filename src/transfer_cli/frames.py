"""pandas and numpy, loaded at their first use. Every module that needs them imports them from here.

So a module can be imported, and DuckDB can read a file, before they are there.

One OpenBLAS thread saves 22 to 35 ms, as no matrix is multiplied here; no garbage collection while
importing saves 19 to 27 ms, as nothing imported is ever garbage (measured as whole processes).
"""

import gc
import os
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__all__ = ["NDArray", "load", "np", "pd"]


class _Lazy(ModuleType):
    """A module that is imported when something in it is first used."""

    def __getattr__(self, name: str) -> Any:
        load()
        value = getattr(import_module(self.__name__), name)
        setattr(self, name, value)
        return value


def load() -> None:
    """Import pandas and numpy now, if they are not yet imported."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if not gc.isenabled():
        import_module("pandas")
        return
    gc.disable()
    try:
        import_module("pandas")
    finally:
        gc.freeze()
        gc.enable()


if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray
else:
    np, pd, NDArray = _Lazy("numpy"), _Lazy("pandas"), Any
