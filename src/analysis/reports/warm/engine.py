"""The engine that papermill calls.

Papermill imports its engines while it is being imported itself; hence nothing of it is imported
here before it is called.
"""

from typing import Any

from nbformat import NotebookNode


class WarmEngine:
    """Runs a notebook as papermill's own engine does, in a kernel that `kernels` starts."""

    @classmethod
    def execute_notebook(cls, nb: NotebookNode, kernel_name: str, **options: Any) -> NotebookNode:
        """Return the executed notebook; see `papermill.engines.Engine`."""
        from papermill.engines import NBClientEngine

        from analysis.reports.warm.kernels import WarmKernels

        return NBClientEngine.execute_notebook(
            nb, kernel_name, kernel_manager_class=WarmKernels, **options
        )

    @classmethod
    def nb_kernel_name(cls, nb: NotebookNode, name: str | None = None) -> str:
        """Return the kernel that a notebook asks for."""
        from papermill.utils import nb_kernel_name

        return str(nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: NotebookNode, language: str | None = None) -> str:
        """Return the language of a notebook."""
        from papermill.utils import nb_language

        return str(nb_language(nb, language))
