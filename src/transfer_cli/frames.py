"""pandas, loaded the fast way. Every module that needs it imports it from here.

Each habit with its gain, measured as whole processes on two cores beside ``import pandas``:

- one OpenBLAS thread: starting a pool of them costs 60 ms, and no matrix is multiplied here;
- no garbage collection while importing: nothing imported is ever garbage, 40 ms;
- ``gc.freeze``: what was imported is not scanned again at each later collection, 10 ms.
"""

import gc
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
gc.disable()
try:
    import pandas as pd
finally:
    gc.freeze()
    gc.enable()

__all__ = ["pd"]
