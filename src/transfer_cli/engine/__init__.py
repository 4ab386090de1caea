"""Large tables: files of any size, read by DuckDB on this machine or on a cluster."""

from importlib import import_module
from threading import Thread

# In a thread, as Ctrl-C in the middle of this import would end in any kind of error.
_thread = Thread(target=import_module, args=("duckdb",), daemon=True)
_thread.start()
_thread.join()
