"""The installed script."""

import shutil
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def script() -> str:
    """The path of the installed ``transfer-cli``, beside the interpreter that runs the tests."""
    path = shutil.which("transfer-cli", path=str(Path(sys.executable).parent))
    assert path, "transfer-cli is not installed beside this Python"
    return path
