"""Which competences do records show? A table of rules, which researchers edit, says it.

A rule reads one kind of evidence (`sumber`): a functional post (`jabatan_fungsional`, whose level
is that of its *jenjang*), a post of *pelaksana*, a certificate in force, the hours of training
whose names contain a word, or a level of education. The best evidence counts. `memimpin` rules say
who may lead a team.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import BoolArray
from analysis.competence.tables import keys_in, labels_in, numbers_in, refuse, table_of

SOURCES: Final = (
    "jenjang",
    "jabatan_fungsional",
    "jabatan_pelaksana",
    "sertifikat",
    "pelatihan",
    "pendidikan",
    "memimpin",
)
STRUCTURAL: Final = "struktural"
_WITHOUT_COMPETENCE = ("jenjang", "memimpin")
_WITHOUT_LEVEL = ("jabatan_fungsional", "memimpin")
_VERIFICATION = ("V1", "V2", "C", "U")
_ADVICE = "Correct the table of rules."


@dataclass(frozen=True, eq=False)
class CompetenceRules:
    """Rules from evidence to competences, checked once.

    Attributes
    ----------
    table : DataFrame
        `aturan`, `sumber`, `nama` (lower case), `kompetensi`, `tingkat`, `minimum`, `dasar`,
        `verifikasi`.
    """

    table: pd.DataFrame

    @classmethod
    def of(cls, rules: object) -> "CompetenceRules":
        """Return the rules of a table.

        Parameters
        ----------
        rules : DataFrame
            `aturan` (code), `sumber` (one of `SOURCES`), `nama` (of the post, its family, the
            jenjang, or the certificate; a word of the name of trainings; the least code of
            education), `kompetensi`, `tingkat` (1 to 1,000; of functional posts that of their
            jenjang), `minimum` (JP in all, of trainings), `dasar`, `verifikasi`.

        Raises
        ------
        DataError
            If a column is missing, a rule occurs twice, or a value is out of range; with the rows.
        """
        columns = ("aturan", "sumber", "nama", "kompetensi", "tingkat", "minimum")
        table = table_of(rules, (*columns, "dasar", "verifikasi"), what="rules")
        labels_in(table, "aturan", what="rules", advice="Give every rule a code.")
        keys_in(table, ["aturan"], what="rules")
        for column, allowed in (("sumber", SOURCES), ("verifikasi", _VERIFICATION)):
            wrong = ~table[column].isin(allowed).to_numpy()
            rule = f"rules, {column}: must be one of {', '.join(allowed)}"
            refuse(wrong, table, rule, _ADVICE, show=column)
        labels_in(table, "nama", what="rules", advice="Name what is evidence.")
        _refuse_gaps(table, "kompetensi", _WITHOUT_COMPETENCE)
        _refuse_gaps(table, "tingkat", _WITHOUT_LEVEL)
        known = table["tingkat"].notna().to_numpy()
        level = np.zeros(len(table))
        level[known] = numbers_in(
            table[known],
            "tingkat",
            what="rules",
            rule="a whole number from 1 to 1,000",
            advice=_ADVICE,
            low=1,
            high=1000,
            whole=True,
        )
        least = numbers_in(
            table, "minimum", what="rules", rule="JP, 0 or more", advice=_ADVICE, low=0, default=0
        )
        name = table["nama"].astype(str).str.strip().str.lower()
        education = table["sumber"] == "pendidikan"
        wrong = (education & ~name.str.fullmatch("[0-9]{2}")).to_numpy()
        refuse(wrong, table, "rules, nama: education is a code of two digits", _ADVICE, show="nama")
        table = table.assign(nama=name)
        keys_in(table[table["sumber"] == "jenjang"], ["nama"], what="rules of a jenjang")
        return cls(table.assign(tingkat=level.astype(np.int64), minimum=least))

    def of_source(self, source: str) -> pd.DataFrame:
        """Return the rules that read one kind of evidence."""
        return self.table[self.table["sumber"] == source]

    @property
    def competences(self) -> list[str]:
        """Competences that some evidence shows."""
        return sorted(self.table["kompetensi"].dropna().astype(str).unique())

    def skills(
        self,
        posts: pd.DataFrame,
        certificates: pd.DataFrame | None = None,
        training: pd.DataFrame | None = None,
    ) -> pd.DataFrame:
        """Return who has which competence at which level.

        Parameters
        ----------
        posts : DataFrame
            One row a person: `person`, `functional` and `pelaksana` (titles, missing where the
            person has no such post), `education` (code, may be missing).
        certificates : DataFrame, optional
            `person`, `name`; those in force.
        training : DataFrame, optional
            `person`, `name`, `jp`; one that states no JP shows nothing.

        Returns
        -------
        DataFrame
            `person`, `competence`, `level`, each pair once, sorted.
        """
        found = [*self._of_posts(posts), *self._of_education(posts)]
        if certificates is not None:
            found.append(_named(self.of_source("sertifikat"), certificates, "name"))
        if training is not None:
            found.extend(self._of_training(training))
        skills = pd.concat(found, ignore_index=True)
        best = skills.groupby(["person", "competence"])["level"].max()
        return best.astype(np.int64).reset_index()

    def may_lead(self, posts: pd.DataFrame) -> BoolArray:
        """Return who may lead a team: by jenjang, or as the holder of a structural post.

        Parameters
        ----------
        posts : DataFrame
            As in `skills`, with `structural` (true or false).
        """
        names = set(self.of_source("memimpin")["nama"])
        _, step = self._family_and_step(posts["functional"])
        structural = posts["structural"].to_numpy(dtype=np.bool_) & (STRUCTURAL in names)
        return np.asarray(step.isin(names).to_numpy() | structural, dtype=np.bool_)

    def _family_and_step(self, titles: "pd.Series[str]") -> "tuple[pd.Series[str], pd.Series[str]]":
        """Return the family and the jenjang of titles of functional posts, in lower case."""
        steps = sorted(self.of_source("jenjang")["nama"], key=len, reverse=True)
        clean = titles.fillna("").astype(str).str.strip().str.lower()
        step = pd.Series("", clean.index, dtype=object)
        for name in steps:
            ends = (step == "") & clean.str.endswith(f" {name}")
            step = step.mask(ends, name)
        length = step.str.len().to_numpy()
        family = [
            title[: len(title) - n].strip() if n else title
            for title, n in zip(clean, length, strict=True)
        ]
        return pd.Series(family, clean.index, dtype=object), step

    def _of_posts(self, posts: pd.DataFrame) -> list[pd.DataFrame]:
        family, step = self._family_and_step(posts["functional"])
        level = step.map(self.of_source("jenjang").set_index("nama")["tingkat"])
        held = posts[["person"]].assign(family=family, height=level).dropna(subset="height")
        functional = _named(self.of_source("jabatan_fungsional"), held, "family")
        functional["level"] = functional["height"]
        columns = ["person", "competence", "level"]
        return [
            functional[columns],
            _named(self.of_source("jabatan_pelaksana"), posts, "pelaksana")[columns],
        ]

    def _of_education(self, posts: pd.DataFrame) -> list[pd.DataFrame]:
        code = posts["education"].fillna("").astype(str).str.strip()
        known = code.str.fullmatch("[0-9]{2}")
        rows = []
        for least, competence, level in self._said_by("pendidikan"):
            enough = (known & (code >= least)).to_numpy(dtype=np.bool_)
            rows.append(_with(posts["person"].to_numpy()[enough], competence, level))
        return rows

    def _of_training(self, training: pd.DataFrame) -> list[pd.DataFrame]:
        name = training["name"].fillna("").astype(str).str.lower()
        rows = []
        for (word, competence, level), least in zip(
            self._said_by("pelatihan"), self.of_source("pelatihan")["minimum"], strict=True
        ):
            about = training[name.str.contains(word, regex=False)]
            hours = about.groupby("person")["jp"].sum()
            reached = hours.index[((hours >= least) & (hours > 0)).to_numpy(dtype=np.bool_)]
            rows.append(_with(reached.to_numpy(), competence, level))
        return rows

    def _said_by(self, source: str) -> list[tuple[str, str, int]]:
        """Return name, competence and level of each rule that reads one kind of evidence."""
        rules = self.of_source(source)
        columns = (rules["nama"], rules["kompetensi"], rules["tingkat"])
        return [(str(n), str(c), int(t)) for n, c, t in zip(*columns, strict=True)]


def _refuse_gaps(table: pd.DataFrame, column: str, without: tuple[str, ...]) -> None:
    """Refuse rules that lack what their source needs."""
    lacking = (table[column].isna() & ~table["sumber"].isin(without)).to_numpy()
    refuse(lacking, table, f"rules, {column}: is missing", _ADVICE, show="aturan")


def _named(rules: pd.DataFrame, held: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return who holds what a rule names."""
    there = held.dropna(subset=column)
    name = there[column].astype(str).str.strip().str.lower()
    rule = rules[["nama", "kompetensi", "tingkat"]].rename(
        columns={"kompetensi": "competence", "tingkat": "level"}
    )
    return there.assign(nama=name).merge(rule, on="nama").drop(columns="nama")


def _with(person: npt.NDArray[Any], competence: str, level: int) -> pd.DataFrame:
    return pd.DataFrame({"person": person, "competence": competence, "level": level})
