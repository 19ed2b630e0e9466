"""Numbers of people, and of people needed."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from analysis.errors import ParameterError
from analysis.individuals.aggregation.dimensions import dimension, labelled, retires
from analysis.individuals.aggregation.records import Records

_REGIONS = ("provinsi", "kabkota")
_SUMS = ("bezetting", "kebutuhan", "kelebihan", "kekurangan", "pensiun", "pensiun_tidak_diketahui")


def count_people(records: Records, by: Sequence[str]) -> ir.Table:
    """Return numbers of people by any of `DIMENSIONS`.

    Every row of `people` counts once, those without a value under `UNKNOWN`.

    Parameters
    ----------
    records : Records
    by : sequence of str
        Names of dimensions; none for the number of all.

    Returns
    -------
    ibis Table
        The dimensions and `pegawai`; in their order. Cells without people have no row.

    Raises
    ------
    ParameterError
        If a dimension is unknown or comes twice.
    DataError
        If the records lack what a dimension needs.
    """
    if isinstance(by, str) or len(set(by)) < len(by):
        raise ParameterError(f"by: {by!r} given; a list of dimensions, each once, needed.")
    people = records.of("people")
    if not by:
        return people.aggregate(pegawai=people.count())
    labels = people.select(*(dimension(records, name) for name in by))
    return labels.group_by(list(by)).aggregate(pegawai=labels.count()).order_by(list(by))


def count_need(records: Records, region: str = "provinsi") -> ir.Table:
    """Return bezetting, kebutuhan and who retires, by region and job family.

    selisih = bezetting - kebutuhan = kelebihan - kekurangan, where kelebihan is the sum of
    max(bezetting - kebutuhan, 0) over the rows of `posts` (the gross surplus) and kekurangan that
    of max(kebutuhan - bezetting, 0). A job family is a title without the jenjang that ends it.
    Retirements are of people whose pension begins in the five years after the day; people in posts
    that `posts` lacks are counted under their own title.

    Parameters
    ----------
    records : Records
    region : {"provinsi", "kabkota"}

    Returns
    -------
    ibis Table
        region, `keluarga`, `bezetting`, `kebutuhan`, `selisih`, `kelebihan`, `kekurangan`,
        `pensiun`, `pensiun_tidak_diketahui` (people whose date of pension is not known).

    Raises
    ------
    ParameterError
        If the region is another.
    DataError
        If the records lack a table or column, or a number of a post is missing.
    """
    if region not in _REGIONS:
        raise ParameterError(f"region: {region!r} given; there are {', '.join(_REGIONS)}.")
    posts = records.complete("posts", "jabatan", "bezetting", "kebutuhan")
    posts = records.of("posts", region, "jenjang")
    people = records.of("people", region, "jabatanNama")
    families = _families(posts)
    zero = ibis.literal(0, "int64")
    number = {name: posts[name].cast("int64") for name in ("bezetting", "kebutuhan")}
    excess = number["bezetting"] - number["kebutuhan"]
    needed = posts.select(
        labelled(posts[region]).name(region),
        posts["jabatan"].name("jabatan"),
        number["bezetting"].name("bezetting"),
        number["kebutuhan"].name("kebutuhan"),
        ibis.greatest(excess, zero).name("kelebihan"),
        ibis.greatest(-excess, zero).name("kekurangan"),
        zero.name("pensiun"),
        zero.name("pensiun_tidak_diketahui"),
    )
    coming = retires(records, people)
    leaving = people.select(
        labelled(people[region]).name(region),
        labelled(people["jabatanNama"]).name("jabatan"),
        *(zero.name(name) for name in _SUMS[:4]),
        ibis.ifelse(coming.fill_null(False), 1, 0).cast("int64").name("pensiun"),
        ibis.ifelse(coming.isnull(), 1, 0).cast("int64").name("pensiun_tidak_diketahui"),
    )
    rows = needed.union(leaving)
    joined = rows.left_join(families, rows["jabatan"] == families["judul"])
    named = joined.mutate(keluarga=joined["keluarga"].coalesce(joined["jabatan"]))
    sums = {name: named[name].sum().cast("int64") for name in _SUMS}
    found = named.group_by([region, "keluarga"]).aggregate(**sums)
    found = found.mutate(selisih=found["bezetting"] - found["kebutuhan"])
    columns = [region, "keluarga", "bezetting", "kebutuhan", "selisih", *_SUMS[2:]]
    return found.select(*columns).order_by([region, "keluarga"])


def _families(posts: ir.Table) -> ir.Table:
    """Return the family of each title, one row a title."""
    title, ending = posts["jabatan"], " " + posts["jenjang"].cast("string")
    short = title.substr(0, title.length() - ending.length())
    family = ibis.ifelse(title.endswith(ending).fill_null(False), short, title)
    return (
        posts.select(judul=title, keluarga=family)
        .group_by("judul")
        .aggregate(keluarga=lambda t: t["keluarga"].min())
    )
