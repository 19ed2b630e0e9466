"""Print pages to PDF with the Chromium of the system: `make pdf`."""

import argparse
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from fnmatch import fnmatchcase
from os import cpu_count
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.errors import AnalysisError
from analysis.files import atomic_write, show_any_text
from analysis.paths import REPORTS

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--no-pdf-header-footer", "--hide-scrollbars"),
)
_LONGEST = 180  # seconds that a page may take
_MOMENT = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0, or 1 after saying what is wrong."""
    show_any_text()
    parser = argparse.ArgumentParser(prog="python -m analysis.site.printing", description=__doc__)
    parser.add_argument("pages", nargs="*", default=["*"], help="names such as 01_distribusi, or *")
    patterns = parser.parse_args(arguments).pages
    try:
        pages = _pages(patterns)
        program = _program()
        late = [page for page in pages if _is_late(page)]
        with ThreadPoolExecutor(cpu_count()) as pool:
            list(pool.map(lambda page: print_page(page, pdf_of(page), program), late))
    except AnalysisError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(late)} pages printed, {len(pages) - len(late)} as they were: {REPORTS / 'pdf'}")
    return 0


def print_page(page: Path, pdf: Path, program: str) -> None:
    """Print a page; the same page gives the same bytes.

    Parameters
    ----------
    page, pdf : Path
        HTML file to print; file to write.
    program : str
        Chromium.

    Raises
    ------
    AnalysisError
        If the program writes no PDF.
    """
    with TemporaryDirectory() as folder:
        made = Path(folder) / "page.pdf"
        options = [f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}"]
        with suppress(subprocess.TimeoutExpired):  # whether there is a file tells
            subprocess.run(
                [program, *_OPTIONS, *options, page.resolve().as_uri()],
                capture_output=True,
                check=False,
                timeout=_LONGEST,
            )
        if not made.exists():
            raise AnalysisError(
                f"{program} printed nothing of {page}. Open the page in a browser to see whether "
                "it is whole, and run again."
            )
        atomic_write(pdf, _MOMENT.sub(rb"\g<1>20200101000000", made.read_bytes()))


def pdf_of(page: Path) -> Path:
    """Return where the PDF of a page goes."""
    return page.parent / "pdf" / f"{page.stem}.pdf"


def _pages(patterns: list[str]) -> list[Path]:
    built = sorted(path for path in REPORTS.glob("*.html") if not path.stem.startswith("index"))
    pages = [path for path in built if any(fnmatchcase(path.stem, each) for each in patterns)]
    if not pages:
        raise AnalysisError(
            f"{REPORTS} has no page {', '.join(patterns)}. Build the site first: make report"
        )
    return pages


def _program() -> str:
    for name in _PROGRAMS:
        if shutil.which(name):
            return name
    raise AnalysisError(
        f"None of {', '.join(_PROGRAMS)} is installed. Install one (Debian: apt-get install "
        "chromium), or print the pages from your browser."
    )


def _is_late(page: Path) -> bool:
    pdf = pdf_of(page)
    return not pdf.exists() or pdf.stat().st_mtime < page.stat().st_mtime


if __name__ == "__main__":
    sys.exit(main())
