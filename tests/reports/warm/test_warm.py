"""A kernel that is a fork is like one that was spawned, and knows nothing of those before it."""

import gc
import json
import os
import re
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import papermill
import psutil
import pytest
from jupyter_client.kernelspec import KernelSpec

from analysis.errors import AnalysisError
from analysis.paths import NOTEBOOKS
from analysis.reports.running import run_notebook
from analysis.reports.warm import client, kernels

needs_forks = pytest.mark.skipif(sys.platform != "linux", reason="kernels are spawned here")

# All that could pass from one notebook to the next, told by a notebook of itself. It imports first
# what the warm process has imported, since a module may change an option when it is imported.
STATE = """
from analysis.reports.warm.imports import import_all
import_all()
import builtins, json, locale, os, sys, threading, warnings
import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from pandas._config import config
hidden = {"JPY_PARENT_PID", "ANALYSIS_READS"}
files = (f"/proc/self/fd/{number}" for number in sorted(os.listdir("/proc/self/fd")))
print(json.dumps({
    "variables": sorted(globals()),
    "builtins": sorted(vars(builtins)),
    "pandas": {name: str(pd.get_option(name)) for name in sorted(config._registered_options)
               if name not in config._deprecated_options},
    "matplotlib": {name: repr(value) for name, value in matplotlib.rcParams.items()},
    "figures": plt.get_fignums(),
    "numpy": [str(np.geterr()), str(np.get_printoptions())],
    "warnings": sorted({str(each) for each in warnings.filters}),
    "environment": {name: value for name, value in os.environ.items() if name not in hidden},
    "folder": os.getcwd(),
    "path": sys.path,
    "arguments": [len(sys.argv), sys.argv[0]],
    "limit": sys.getrecursionlimit(),
    "locale": locale.setlocale(locale.LC_ALL),
    "mask": os.umask(0o22),
    "hooks": [type(hook).__qualname__ for hook in (sys.stdout, sys.displayhook)],
    "modules": sorted(name for name in sys.modules if name.startswith("left")),
    "files": [os.readlink(each) for each in files if os.path.isfile(each)],
    "threads": sorted(type(each).__qualname__ for each in threading.enumerate()),
    "patches": [hasattr(each, "left") for each in (sys.modules["analysis.datasets"], pd.DataFrame)],
}))
"""
# A notebook that changes all of it.
MESS = """
import builtins, locale, os, random, sys, threading, time, warnings
import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import analysis.datasets as datasets
left = builtins.left = datasets.left = 1
pd.set_option("display.max_rows", 7)
matplotlib.rcParams["font.size"] = 3.5
plt.plot([1, 2])
pd.DataFrame.left = 1
np.seterr(all="raise")
np.set_printoptions(precision=1)
np.random.seed(0)
random.seed(0)
warnings.simplefilter("ignore")
os.environ["LEFT"] = "1"
os.chdir("/")
os.umask(0o77)
locale.setlocale(locale.LC_ALL, "C")
sys.path.insert(0, "/left")
sys.setrecursionlimit(12345)
sys.modules["left_by_a_notebook"] = sys
kept = open(locale.__file__)
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
"""
RANDOM = """
import random
import numpy as np
print(random.random(), np.random.random(), np.random.default_rng().random())
"""
OUTPUTS = [
    "import os, sys\nprint('out'); print('err', file=sys.stderr); 40 + 2",
    "from IPython.display import clear_output, display, update_display, HTML, Markdown\n"
    "handle = display(HTML('<b>x</b>'), display_id='x'); display(Markdown('*m*')); "
    "update_display(HTML('<i>y</i>'), display_id='x')",
    "print('gone'); clear_output(wait=True); print('kept')",
    "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 3, 2]);",
    "import pandas as pd\npd.DataFrame({'count': [count]})",
    "!echo from a shell",
    "import asyncio\nawait asyncio.sleep(0)\n_ = __name__\n_, os.path.basename(os.getcwd())",
    "import warnings\nwarnings.warn('mind this')",
    "md:Words",
    "",
    "def wrong(x):\n    return 1 / x\n",
    "wrong(0)",
]


def told(path):
    """Return what a notebook printed."""
    cells = nbformat.read(path, as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return "".join(each["text"] for each in outputs if each.get("name") == "stdout")


@pytest.fixture
def run(tmp_path):
    """Run a notebook, and return what it printed."""

    def run(source, *, warm=True, name="executed.ipynb"):
        run_notebook(source, tmp_path / name, failed=tmp_path / "failed", warm=warm)
        return told(tmp_path / name)

    return run


@pytest.fixture(scope="module", autouse=True)
def _warm_process_ends():
    yield
    client.stop()


@pytest.fixture
def at_once():
    """Return a pool of threads; nbclient leaves the event loop of a thread open when that ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        with ThreadPoolExecutor(4) as pool:
            yield pool
        gc.collect()


@needs_forks
class TestIsolation:
    def test_a_fork_has_the_state_of_a_spawned_kernel_whatever_ran_before(self, notebook, run):
        state, mess = notebook(STATE), notebook(MESS)
        run(mess)
        after = json.loads(run(state))
        spawned = json.loads(run(state, warm=False))
        assert {name: after[name] for name in spawned} == spawned

    def test_the_mess_is_seen_where_it_is_made(self, notebook, run):
        before, after = (json.loads(run(notebook(cell))) for cell in (STATE, MESS + STATE))
        same = [name for name in before if before[name] == after[name]]
        assert same == ["arguments", "hooks"]

    def test_no_two_kernels_share_random_numbers_that_nobody_seeded(self, notebook, run):
        source = notebook(RANDOM)
        drawn = [number for _ in range(2) for number in run(source).split()]
        assert len(set(drawn)) == len(drawn)

    def test_notebooks_that_run_at_once_do_not_meet(self, notebook, run, at_once):
        numbers = range(4)
        sources = [
            notebook(f"import time; me = {n}", "time.sleep(0.2); print(me)") for n in numbers
        ]
        told = at_once.map(lambda n: run(sources[n], name=f"{n}.ipynb"), numbers)
        assert list(told) == [f"{n}\n" for n in numbers]

    def test_the_warm_process_has_one_thread_and_knows_no_computation(self, notebook, run):
        run(notebook("import os; print(os.getppid())"))
        (warm,) = client._running.values()
        threads = Path(f"/proc/{warm._process.pid}/task")
        assert [each.name for each in threads.iterdir()] == [str(warm._process.pid)]

    def test_a_kernel_has_not_imported_what_makes_pages(self, notebook, run):
        found = "import sys; print({'nbconvert', 'nbformat'} & sys.modules.keys())"
        assert run(notebook(found)) == "set()\n"


@needs_forks
class TestOutputs:
    def executed(self, source, folder, **options):
        output = folder / "executed.ipynb"
        with pytest.raises(papermill.PapermillExecutionError) as caught:
            papermill.execute_notebook(source, output, progress_bar=False, cwd=folder, **options)
        book = nbformat.read(output, as_version=4)
        cells = [(cell.get("outputs"), cell.get("execution_count")) for cell in book.cells]
        told = f"{cells} {caught.value} {book.metadata.language_info}"
        return re.sub(r"ipykernel_\d+", "ipykernel_PROCESS", told)

    @pytest.mark.exhaustive
    def test_equal_those_of_the_engine_of_papermill(self, notebook, tmp_path):
        source = notebook(*OUTPUTS)
        ours = self.executed(source, tmp_path, engine_name="warm")
        assert ours == self.executed(source, tmp_path)
        assert "ZeroDivisionError" in ours
        assert "UserWarning: mind this" in ours

    @pytest.mark.exhaustive
    @pytest.mark.parametrize("source", sorted(NOTEBOOKS.glob("[0-9]*.ipynb")), ids=lambda p: p.stem)
    def test_of_every_report_are_those_of_a_spawned_kernel(self, source, tmp_path):
        for warm in (True, False):
            run_notebook(source, tmp_path / f"{warm}.ipynb", failed=tmp_path, warm=warm)
        assert (tmp_path / "True.ipynb").read_bytes() == (tmp_path / "False.ipynb").read_bytes()


class TestWithoutForks:
    @pytest.mark.exhaustive
    def test_the_same_bytes_come_from_a_spawned_kernel(self, notebook, run, tmp_path, monkeypatch):
        source = notebook("import os; print(os.path.basename(os.getcwd()), count)", "count + 1")
        run(source, name="forked.ipynb")
        monkeypatch.delattr(os, "fork", raising=False)
        monkeypatch.setattr(client, "fork_kernel", None)
        run(source, name="spawned.ipynb")
        forked, spawned = ((tmp_path / f"{n}.ipynb").read_bytes() for n in ("forked", "spawned"))
        assert forked == spawned

    @pytest.mark.parametrize(
        ("argv", "platform"),
        [
            ([sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"], "darwin"),
            ([sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"], "win32"),
            (["/other/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"], "linux"),
            (["R", "--slave", "-e", "IRkernel::main()"], "linux"),
        ],
    )
    def test_a_kernel_that_cannot_be_a_fork_is_spawned(self, argv, platform, monkeypatch):
        monkeypatch.setattr(sys, "platform", platform)
        assert not kernels.can_fork(KernelSpec(argv=argv))


@needs_forks
class TestFaults:
    def test_a_kernel_that_dies_is_named_and_the_next_one_runs(self, notebook, run):
        deadly = notebook("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
        with pytest.raises(AnalysisError, match=r"09_small\.ipynb: the kernel died"):
            run(deadly)
        assert run(notebook("print(count)")) == "3\n"

    @pytest.mark.exhaustive
    def test_a_warm_process_that_was_killed_is_started_again_once(self, notebook, run, at_once):
        source = notebook("print(count)")
        run(source)
        for warm in client._running.values():
            warm._process.kill()
            warm._process.wait()
        told = at_once.map(lambda n: run(source, name=f"{n}.ipynb"), range(3))
        assert list(told) == ["3\n"] * 3

    @pytest.mark.exhaustive
    def test_kernels_end_with_the_warm_process(self, notebook, run, at_once, tmp_path):
        begun = tmp_path / "begun"
        endless = f"open({str(begun)!r}, 'w').close(); sum(range(10**15))"  # no other thread runs
        sleeping = at_once.submit(run, notebook(endless))
        while not begun.exists():
            time.sleep(0.05)
        (warm,) = client._running.values()
        kernels = psutil.Process(warm._process.pid).children()
        warm._process.kill()
        with pytest.raises(AnalysisError, match="the kernel died"):
            sleeping.result(timeout=30)
        assert len(kernels) == 1
        assert psutil.wait_procs(kernels, timeout=10)[1] == []  # until the system has noticed

    @pytest.mark.exhaustive
    def test_another_environment_gets_another_warm_process(self, notebook, run, monkeypatch):
        source = notebook("import os; print(os.environ['WARM_TEST'])")
        for value in ("1", "2"):
            monkeypatch.setenv("WARM_TEST", value)
            assert run(source) == f"{value}\n"
        assert len(client._running) == 1
