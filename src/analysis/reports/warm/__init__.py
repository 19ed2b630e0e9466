"""How does a notebook start without waiting for its imports?

A warm process has imported what notebooks compute with; each kernel is a fork of it. Papermill
knows the engine as "warm" (`papermill --engine warm`). Everything beyond the start is Jupyter's
own: the kernel, its messages, and nbclient, which runs the cells.

`engine` what papermill calls · `kernels` starts a kernel by fork, or by spawning where there is no
fork · `client` asks the warm process · `process` is the warm process · `imports` what it imports.
"""
