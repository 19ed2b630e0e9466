"""What the files around the reports are called."""

from dataclasses import dataclass

from analysis.language import Code


@dataclass(frozen=True)
class Files:
    """Names of the files around the reports in one language."""

    index: str
    feed: str

    @classmethod
    def of(cls, code: Code) -> "Files":
        """Return the names; those of the first language are plain."""
        ending = "" if code == "id" else f"-{code}"
        return cls(f"index{ending}.html", f"feed{ending}.xml")
