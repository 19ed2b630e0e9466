"""The index of each person, and how many are in each band."""

from collections.abc import Collection, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from analysis.competence.hours.activities import KEY, kept_apart, need_columns
from analysis.competence.ip_asn.rules import DIMENSIONS, NO_PENALTY, POSTS, IndexRules
from analysis.errors import DataError, ParameterError
from analysis.messages import some

_PEOPLE = (KEY, "post", "education", "performance", "penalty")
_TRAINING = (KEY, "jenisDiklatId", "jumlahJam")
_INDEX = "index"
_SLACK = 1e-9


def index_scores(
    people: ir.Table, training: ir.Table, rules: IndexRules, *, unknown: Collection[str] = ()
) -> ir.Table:
    """Return the index of each person, as an expression.

    The index is the sum of the four dimensions, 0 to 100. Competence adds up the indicators of the
    kind of post: one whose trainings have the JP asked for in all, or of which there is one where
    no JP are asked for. A dimension of which nothing is known is missing, and so is then the index:
    a missing appraisal is not a bad one. An empty record of training is none.

    Parameters
    ----------
    people : Table
        `nipBaru`, `post` ("struktural", "fungsional" or "pelaksana"), `education` (code),
        `performance` (score, 0 to 120) and `penalty` (code of the heaviest in force; missing:
        none); other columns are kept, and may have any name but those of the results.
    training : Table
        Of the year: `nipBaru`, `jenisDiklatId`, `jumlahJam`.
    rules : IndexRules
    unknown : collection of str
        Dimensions that records tell nothing of: missing for everyone.

    Returns
    -------
    Table
        The columns of `people` with `kualifikasi`, `kompetensi`, `kinerja`, `disiplin` and `index`.

    Raises
    ------
    DataError
        If a column is missing, one of people has the name of a result, or a post or penalty is
        unknown.
    ParameterError
        If `unknown` names what is no dimension.
    """
    if wrong := sorted(set(unknown) - set(DIMENSIONS)):
        raise ParameterError(
            f"unknown: {some(wrong)} is no dimension; there are {', '.join(DIMENSIONS)}."
        )
    need_columns(people, _PEOPLE, what="people")
    need_columns(training, _TRAINING, what="training")
    _known(people, "post", POSTS)
    _known(people, "penalty", [code for code in rules.penalty if code != NO_PENALTY])
    earned = _earned(training, rules)
    apart, named = kept_apart(people, _PEOPLE, (*DIMENSIONS, _INDEX))
    each = apart.left_join(earned, [apart[KEY].cast("string") == earned.who])
    competence = ibis.cases(*[(each.post == post, each[f"of_{post}"]) for post in POSTS])
    scored = each.mutate(
        kualifikasi=_looked_up(each.education.cast("string"), rules.education),
        kompetensi=ibis.ifelse(each.post.isnull(), ibis.null("float64"), competence.fill_null(0.0)),
        kinerja=_banded(each.performance.cast("float64"), rules.performance, "float64"),
        disiplin=_looked_up(each.penalty.cast("string").fill_null(NO_PENALTY), rules.penalty),
    )
    scored = scored.mutate(**{name: ibis.null("float64") for name in unknown})
    total = scored.kualifikasi + scored.kompetensi + scored.kinerja + scored.disiplin
    kept = {name: scored[within] for name, within in named.items()}
    return scored.select(**kept, **{name: scored[name] for name in DIMENSIONS}, **{_INDEX: total})


def index_bands(scores: ir.Table, rules: IndexRules, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return how many people are in each band of the index.

    A band holds what is more than its lower limit, the lowest also 0: 90.5 is "Sangat Tinggi",
    which begins at 91 where limits are whole numbers.

    Parameters
    ----------
    scores : Table
        As from `index_scores`.
    rules : IndexRules
    by : sequence of str
        Columns of it, such as the agency; never a key of people.

    Returns
    -------
    DataFrame
        `by`, `band` (missing: the index cannot be said), `people`, and the means of `index` and of
        the four dimensions.

    Raises
    ------
    DataError
        If a column is missing, or is the key.
    """
    need_columns(scores, tuple(by), what="scores")
    if KEY in by:
        raise DataError(f"by: {KEY} tells people apart; the index is never shown by person.")
    banded = scores.mutate(band=_banded(scores["index"], rules.bands, "string"))
    groups = [*by, "band"]
    means = {name: banded[name].mean() for name in ("index", *DIMENSIONS)}
    found = banded.group_by(groups).agg(people=banded.count(), **means).order_by(groups)
    return pd.DataFrame(found.to_pyarrow().to_pandas())


def _earned(training: ir.Table, rules: IndexRules) -> ir.Table:
    """Return what the trainings of each person count, for each kind of post."""
    code, jp = training.jenisDiklatId.cast("string"), training.jumlahJam.cast("float64")
    totals: dict[str, Any] = {}
    for post in POSTS:
        value = ibis.literal(0.0)
        for indicator in (i for i in rules.indicators if i.post == post):
            counts = code.isin(list(indicator.codes))
            hours = counts.ifelse(jp, 0.0).sum().fill_null(0.0)
            enough = hours >= indicator.least - _SLACK if indicator.least else counts.any()
            value = value + enough.fill_null(False).ifelse(indicator.value, 0.0)
        totals[f"of_{post}"] = value
    return training.group_by(who=training[KEY].cast("string")).agg(**totals)


def _looked_up(column: Any, values: dict[str, float]) -> Any:
    return ibis.cases(*[(column == code, value) for code, value in values.items()])


def _banded(column: Any, bands: Sequence[tuple[float, Any]], kind: str) -> Any:
    *upper, (_, lowest) = bands
    return ibis.cases(
        (column.isnull(), ibis.null(kind)),
        *[(column > limit, value) for limit, value in upper],
        else_=lowest,
    )


def _known(people: ir.Table, column: str, words: Sequence[str]) -> None:
    values = people[column].cast("string")
    wrong = people.filter(values.notnull() & ~values.isin(list(words)))
    found = wrong.select(value=wrong[column].cast("string")).distinct().order_by("value").limit(5)
    said = found.to_pyarrow().column("value").to_pylist()
    if said:
        raise DataError(
            f"people, {column}: must be one of {', '.join(words)}, or missing; there is "
            f"{', '.join(said)}. Correct it."
        )
