"""Threads take turns to import: modules that import each other are half made until both are."""

from threading import RLock

IMPORTS = RLock()
"""To be held while a task imports, and, in Python alone, while it does work that imports more."""
