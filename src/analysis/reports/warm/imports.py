"""What the warm process imports: all that a notebook may import, early or late."""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

import analysis

# What no notebook calls: the machinery around it, and what may not be read there.
_BEYOND = {
    "analysis.handbook",
    "analysis.individuals",
    "analysis.pipeline",
    "analysis.reports.companions",
    "analysis.reports.glossary",
    "analysis.reports.page_body",
    "analysis.reports.policy",
    "analysis.reports.prose",
    "analysis.reports.rendering",
    "analysis.reports.running",
    "analysis.reports.warm",
    "analysis.site",
    "nbconvert",
    "nbformat",
}
# What every kernel imports when it starts, its debugger among them.
_KERNEL = (
    *("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "ipykernel.debugger"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect"),
    *("IPython.extensions.storemagic", "tornado.platform.asyncio"),
)
_LATE = re.compile(r"^ +(?:from|import) ([a-z_][\w.]*)", re.MULTILINE)


def import_all() -> None:
    """Import the kernel, the modules of the package, and what they import only when called."""
    names = [*_KERNEL, *_modules(Path(str(analysis.__file__)).parent, "analysis")]
    for name in dict.fromkeys(names):
        import_module(name)


def _modules(folder: Path, package: str) -> list[str]:
    """Return the modules of a package and what their functions import."""
    found = []
    for each in iter_modules([str(folder)], f"{package}."):
        if each.name in _BEYOND or each.name.endswith("__main__"):
            continue
        found.append(each.name)
        path = folder / each.name.rpartition(".")[2]
        if each.ispkg:
            found += _modules(path, each.name)
            path = path / "__init__"
        source = path.with_suffix(".py").read_text(encoding="utf-8")
        found += [name for name in _LATE.findall(source) if _exists(name)]
    return found


def _exists(name: str) -> bool:
    """Return whether there is such a module that a notebook may import; prose has none."""
    if any(name == each or name.startswith(f"{each}.") for each in _BEYOND):
        return False
    try:
        return find_spec(name) is not None
    except ImportError:
        return False
