"""pandas and numpy, loaded the fast way. Every module that needs them imports them from here.

One OpenBLAS thread saves 22 to 35 ms, as no matrix is multiplied here; no garbage collection while
importing saves 19 to 27 ms, as nothing imported is ever garbage (measured as whole processes).
"""

import gc
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
gc.disable()
try:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray
finally:
    gc.freeze()
    gc.enable()

__all__ = ["NDArray", "np", "pd"]
