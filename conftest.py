"""Under what circumstances all checks run."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# As the kernels that make the pages: linear algebra in one thread. Threads that wait for one
# another would take the processor from the checks that run beside.
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy is imported

# How long one example takes says more of the machine than of the code.
settings.register_profile("checks", deadline=None)
settings.load_profile("checks")


def pytest_configure(config: pytest.Config) -> None:
    """Compare the notebooks as the kernels that make the pages run them, where those can be had.

    A kernel that is a fork gives what a spawned one gives (`tests/reports/warm`), and need not
    import the stack for every notebook anew.
    """
    chosen = config.option.nbval_kernel_name or config.option.current_env
    if sys.platform == "linux" and not chosen:
        os.environ["JUPYTER_PATH"] = str(Path(__file__).parent / "tests" / "jupyter")
        config.option.nbval_kernel_name = "warm"
