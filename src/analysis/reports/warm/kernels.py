"""Start a kernel by fork where that is possible and safe, and as Jupyter does where not.

Both ways give a kernel the same environment: each does its linear algebra in one thread, so that
the last bits of a result do not depend on the number of cores.
"""

import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Dict, default

_PROVISIONER = "analysis-warm"  # the entry point in pyproject.toml
_LAUNCHER = ["-m", "ipykernel_launcher"]
_ONE_THREAD = dict.fromkeys(
    ("MKL_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)


def can_fork(spec: KernelSpec) -> bool:
    """Return whether a kernel can be a fork of a process of this interpreter.

    Not where there is no `os.fork` (Windows), nor on macOS, whose system libraries do not survive
    it, nor for the kernel of another language or another environment.
    """
    ours = spec.argv[:1] in (["python"], [sys.executable]) and spec.argv[1:3] == _LAUNCHER
    return ours and sys.platform == "linux" and hasattr(os, "fork")


class _Specs(KernelSpecManager):
    """The kernels there are, with the environment that a run of a notebook gives them."""

    variables = Dict(help="Environment variables of the kernel.")

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return a kernel; see `KernelSpecManager`."""
        spec = super().get_kernel_spec(kernel_name)
        spec.env = {**spec.env, **_ONE_THREAD, **self.variables}
        return spec


class _WarmSpecs(_Specs):
    """The same, and those that can be forks have a provisioner that forks."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return a kernel; see `KernelSpecManager`."""
        spec = super().get_kernel_spec(kernel_name)
        if can_fork(spec):
            spec.metadata = {
                **spec.metadata,
                "kernel_provisioner": {"provisioner_name": _PROVISIONER},
            }
        return spec


class Kernels(AsyncKernelManager):
    """Manages a kernel that is started as Jupyter does."""

    variables = Dict(help="Environment variables of the kernel.").tag(config=True)

    @default("kernel_spec_manager")
    def _specs(self) -> KernelSpecManager:
        return _Specs(parent=self, variables=self.variables)


class WarmKernels(Kernels):
    """Manages a kernel that is a fork where possible."""

    @default("kernel_spec_manager")
    def _specs(self) -> KernelSpecManager:
        return _WarmSpecs(parent=self, variables=self.variables)


class ForkProvisioner(LocalProvisioner):
    """Provides kernels that are forks of the warm process."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel; see `LocalProvisioner`."""
        from analysis.reports.warm.client import fork_kernel

        arguments = cmd[1 + len(_LAUNCHER) :]
        kernel = fork_kernel(arguments, str(kwargs.get("cwd") or Path.cwd()), kwargs["env"])
        self.process = kernel  # type: ignore[assignment]  # has what is used of `Popen`
        self.pid = self.pgid = kernel.pid
        return self.connection_info
