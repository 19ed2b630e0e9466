"""Under what circumstances all checks run."""

import os
import sys
from pathlib import Path

import pytest

# As the kernels that make the pages: linear algebra in one thread. Threads that wait for one
# another would take the processor from the checks that run beside.
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy is imported


def pytest_configure(config: pytest.Config) -> None:
    """Compare the notebooks as the kernels that make the pages run them, where those can be had.

    A kernel that is a fork gives what a spawned one gives (`tests/reports/warm`), and need not
    import the stack for every notebook anew.
    """
    if sys.platform == "linux" and config.option.nbval_kernel_name is None:
        os.environ["JUPYTER_PATH"] = str(Path(__file__).parent / "tests" / "jupyter")
        config.option.nbval_kernel_name = "warm"
