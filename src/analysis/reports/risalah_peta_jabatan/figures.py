"""The second figure of report 21: what the plan fills in the units that are short most."""

from analysis import plots
from analysis.reports.display import Picture
from analysis.reports.peta_jabatan.planning import Planning
from analysis.reports.risalah_peta_jabatan import findings
from analysis.reports.wording import Words

ROWS = 14  # units that half a page of paper has room for, in letters of 7 points


def filled(planning: Planning, say: Words) -> Picture | None:
    """Return the people that units lack today and after the plan; None where no unit is short."""
    units = findings.short_units(planning).head(ROWS)
    if units.empty:
        return None
    figure = plots.dumbbell(
        -units["before"].astype(float),
        -units["after"].astype(float),
        before_label=say.label("hari ini"),
        after_label=say.label("sesudah rencana"),
        axis_label=say.label("Orang di bawah kebutuhan (0 = terpenuhi)"),
        language=say.language,
        reference=0.0,
    )
    return say.picture(figure, "filled", findings.filled(planning, units))
