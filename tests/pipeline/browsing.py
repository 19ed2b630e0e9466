"""What tests that open pages in a browser share."""

import shutil
from contextlib import contextmanager

import pytest

# Run in a page before its own script.
LISTEN = """
violations = [];
document.addEventListener("securitypolicyviolation", e => violations.push(e.violatedDirective));
"""


@contextmanager
def chromium():
    """Start the chromium of the system; each thread needs its own."""
    playwright = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("needs chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()
