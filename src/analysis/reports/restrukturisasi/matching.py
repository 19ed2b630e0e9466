"""The provincial office of BPS: what the rules make of it beside what was made of it."""

from dataclasses import dataclass

import pandas as pd

from analysis import datasets
from analysis.datasets.organisations import BPS_AFTER
from analysis.reports.restrukturisasi.inputs import Case, organisation_of
from analysis.restructuring import Organisation, Restructuring
from analysis.restructuring.echelons import written

SAME, DIFFERENT = "sama", "berbeda"


@dataclass(frozen=True, eq=False)
class Beside:
    """A modelled and a real state.

    Attributes
    ----------
    units : DataFrame
        One row a unit before: `unit`, `name`, `eselon`, `model` and `real` (what heads it
        afterwards: an echelon, or a level of functional posts), `role` (of the real head),
        `real_unit`, `real_name`, `reason` of the match, `rule` that decided in the model, and
        `agreement`.
    real : Organisation
        The real state.
    real_units : DataFrame
        Its tidy units.
    """

    units: pd.DataFrame
    real: Organisation
    real_units: pd.DataFrame


def beside(case: Case, found: Restructuring) -> Beside:
    """Return the modelled state of the office beside the real one, unit by unit."""
    units = datasets.read_processed("organisasi_unit")
    posts = datasets.read_processed("organisasi_jabatan")
    matches = datasets.read_processed("padanan_bps_provinsi")
    real_units = units[units["susunan"] == BPS_AFTER].reset_index(drop=True)
    real_posts = posts[posts["susunan"] == BPS_AFTER]
    head = real_posts.set_index("unit")
    to = matches.set_index("unit_sebelum")
    crosswalk = found.crosswalk().set_index("unit")
    level = found.details.drop_duplicates("post").set_index("post")["level"].astype("str")
    before = case.units.set_index("unit")
    stays = crosswalk["status"].astype(str) != "dissolved"
    real = to["unit_sesudah"].reindex(before.index)
    named = real_units.set_index("unit")
    table = pd.DataFrame(
        {
            "unit": before.index,
            "name": before["nama"].to_numpy(),
            "eselon": before["eselon"].to_numpy(),
            "model": level.reindex(before.index).where(~stays, before["eselon"]).to_numpy(),
            "real_unit": real.to_numpy(),
            "real_name": named["nama"].reindex(real).to_numpy(),
            "real": head["eselon"].fillna(head["jenjang"]).reindex(real).to_numpy(),
            "role": named["peran"].reindex(real).to_numpy(),
            "reason": to["alasan"].reindex(before.index).to_numpy(),
            "rule": crosswalk["rule"].astype("str").reindex(before.index).to_numpy(),
        }
    )
    agree = table["model"] == table["real"]
    table["agreement"] = agree.map({True: SAME, False: DIFFERENT})
    return Beside(table, organisation_of(real_units, real_posts), real_units)


def boxes(organisation: Organisation) -> int:
    """Return the most units on a way from the top to the bottom."""
    return len(organisation.forest.levels)


def echelons(organisation: Organisation) -> list[str]:
    """Return the echelon of each unit as it is written, empty for none."""
    return [written(code) for code in organisation.units["eselon"]]
