"""The words inside a map of kabupaten and kota, which every report with one says alike."""

from analysis import plots
from analysis.reports.wording import Words


def map_words(say: Words, *, value: str) -> plots.MapWords:
    """Return the words of a map whose values are called `value`, in the language of `say`."""
    return plots.MapWords(
        value=value,
        zero=say.label("tidak satu pun"),
        missing=say.label("tidak ada di data"),
        lowest=say.label("Terendah"),
        highest=say.label("Tertinggi"),
        tied=say.label("lainnya dengan nilai ini"),
        enlarged=say.label("Jawa dan Bali, diperbesar"),
    )
