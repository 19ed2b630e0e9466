"""What functional posts require: rows of a table, checked once."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.competence.tables import keys_in, labels_in, numbers_in, refuse, table_of

KINDS: Final = ("pendidikan", "pelatihan", "sertifikat")
ANY: Final = "*"


@dataclass(frozen=True, eq=False)
class Requirements:
    """What each family and level of functional posts requires.

    Attributes
    ----------
    rows : DataFrame
        `family` ("*": all without rows of their own), `level`, `requirement` (of "pendidikan",
        "pelatihan", "sertifikat"), `accepted` (tuple of codes or names; "*" for any), `jp` and
        `years` to make up for it.
    """

    rows: pd.DataFrame

    @classmethod
    def of(cls, table: object) -> "Requirements":
        """Return checked requirements.

        Parameters
        ----------
        table : DataFrame
            The table `syarat_jabatan_fungsional`, or one of its columns with rows of your own:
            `rumpun`, `jenjang`, `syarat`, `kunci` (codes that are enough, divided by blanks; for
            certificates one name), `minimum_jp`, `tahun`.

        Raises
        ------
        DataError
            If a column is missing, a word is unknown, a requirement of a post occurs twice, a
            training has no JP above 0 or a number is out of range; names the rows.
        """
        what = "requirements"
        rows = table_of(
            table, ("rumpun", "jenjang", "syarat", "kunci", "minimum_jp", "tahun"), what=what
        )
        for column in ("rumpun", "jenjang", "kunci"):
            labels_in(rows, column, what=what, advice='Fill it in; "*" stands for any.')
        wrong = ~rows["syarat"].isin(KINDS).to_numpy()
        rule = f"{what}, syarat: must be one of {', '.join(KINDS)}"
        refuse(wrong, rows, rule, "Correct it.", show="syarat")
        keys_in(rows, ["rumpun", "jenjang", "syarat"], what=what)
        jp = numbers_in(
            rows, "minimum_jp", what=what, rule="0 or more", advice="Correct it.", low=0, default=0
        )
        refuse(
            (rows["syarat"] == "pelatihan").to_numpy() & (jp == 0),
            rows,
            f"{what}, minimum_jp: a training must ask for JP",
            "Say how many.",
        )
        years = numbers_in(
            rows, "tahun", what=what, rule="0 to 10", advice="Correct it.", low=0, high=10
        )
        accepted = [
            (key,) if kind == "sertifikat" else tuple(str(key).split())
            for key, kind in zip(rows["kunci"].tolist(), rows["syarat"].tolist(), strict=True)
        ]
        return cls(
            pd.DataFrame(
                {
                    "family": rows["rumpun"],
                    "level": rows["jenjang"],
                    "requirement": rows["syarat"],
                    "accepted": accepted,
                    "jp": jp,
                    "years": years,
                }
            )
        )

    def for_posts(self, posts: pd.DataFrame) -> pd.DataFrame:
        """Return the rows that hold for each family and level: their own, or those of all."""
        own = self.rows[self.rows["family"] != ANY]
        common = self.rows[self.rows["family"] == ANY].drop(columns="family")
        every = posts[["family", "level"]].drop_duplicates()
        named = every.merge(own[["family", "level"]].drop_duplicates(), how="left", indicator=True)
        rest = named.loc[named["_merge"] == "left_only", ["family", "level"]]
        found = [every.merge(own, on=["family", "level"]), rest.merge(common, on="level")]
        return pd.concat(found, ignore_index=True)
