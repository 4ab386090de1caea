"""pandas and numpy, loaded the fast way. Every module that needs them imports them from here.

Each habit with its gain, measured as whole processes on two cores beside ``import pandas``:

- one OpenBLAS thread: starting a pool of them costs 60 ms, and no matrix is multiplied here;
- no garbage collection while importing: nothing imported is ever garbage, 40 ms;
- ``gc.freeze``: what was imported is not scanned again at each later collection, 10 ms;
- no OpenSSL, which numpy loads for one function: 6 ms and 3.6 MB.
"""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from random import SystemRandom
from types import ModuleType
from typing import Any


@contextmanager
def _without_openssl() -> Iterator[None]:
    """Stand in for ``secrets`` while numpy is imported; the next to import it gets the real one.

    numpy takes ``randbits`` from it, to seed generators that are not used here, and with it come
    ``hmac`` and OpenSSL. This is that function, as the real module makes it; whatever else is
    asked of the stand-in, then or later, is answered by the real module.
    """

    def real(name: str) -> Any:
        if name == "__path__":  # asked by the import itself: is it a package?
            raise AttributeError(name)
        if sys.modules.get("secrets") is standin:
            del sys.modules["secrets"]
        return getattr(import_module("secrets"), name)

    standin = ModuleType("secrets")
    vars(standin).update(randbits=SystemRandom().getrandbits, __getattr__=real)
    sys.modules.setdefault("secrets", standin)
    try:
        yield
    finally:
        if sys.modules.get("secrets") is standin:
            del sys.modules["secrets"]


os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
gc.disable()
try:
    with _without_openssl():
        import numpy as np
        import pandas as pd
        from numpy.typing import NDArray
finally:
    gc.freeze()
    gc.enable()

__all__ = ["NDArray", "np", "pd"]
