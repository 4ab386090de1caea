"""pandas and numpy, loaded the fast way. Every module that needs them imports them from here.

Each habit with its gain, measured as whole processes on two cores beside ``import pandas``:

- one OpenBLAS thread: starting a pool of them costs 60 ms, and no matrix is multiplied here;
- no garbage collection while importing: nothing imported is ever garbage, 40 ms;
- ``gc.freeze``: what was imported is not scanned again at each later collection, 10 ms;
- no ``numpy.random``, and with it no OpenSSL: pandas only names its classes in hints, 14 ms.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def _without_random() -> Iterator[None]:
    """Stand in for ``numpy.random`` while pandas is imported; who asks later gets the real one.

    Only releases of numpy that load it when it is first asked for can be helped so.
    """
    held = vars(np)
    standin = ModuleType("numpy.random")
    vars(standin)["__getattr__"] = lambda name: type(name, (), {})
    held.setdefault("random", standin)
    try:
        yield
    finally:
        if held["random"] is standin:
            del held["random"]


os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
gc.disable()
try:
    import numpy as np

    with _without_random():
        import pandas as pd
    from numpy.typing import NDArray
finally:
    gc.freeze()
    gc.enable()

__all__ = ["NDArray", "np", "pd"]
