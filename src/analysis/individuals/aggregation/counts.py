"""Numbers of people, and of people needed."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from analysis.errors import ParameterError
from analysis.individuals.aggregation.dimensions import (
    STRUCTURAL,
    dimension,
    echelon_label,
    labelled,
    named,
    retires,
)
from analysis.individuals.aggregation.records import Records
from analysis.individuals.engines.dialects import in_order

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
    dimensions = {name: named(name) for name in by}
    keys = people.select(**{name: each.key(records) for name, each in dimensions.items()})
    cells = keys.group_by(list(by)).aggregate(pegawai=keys.count())
    labels = {name: each.label(cells[name]) for name, each in dimensions.items()}
    return in_order(cells.select(**labels, pegawai=cells["pegawai"]), by)


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
    return in_order(found.select(*columns), [region, "keluarga"])


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


def count_formation(records: Records, *, recount: bool = False) -> ir.Table:
    """Return how many people fill needed places, how many are beyond them, and vacant places.

    Over posts of one unit, with n people in them and k needed: filled min(n, k), beyond
    max(n - k, 0), vacant max(k - n, 0); so that filled + beyond are the people, filled + vacant the
    need.

    Parameters
    ----------
    records : Records
    recount : bool
        Count n among the people, by unit, title and place, in place of the `bezetting` that the
        table of posts gives; people in posts that it lacks are beyond the need.

    Returns
    -------
    ibis Table
        `provinsi`, `jenis_jabatan`, `jabatan` (as in `DIMENSIONS`), `terisi`, `lebih`, `kosong`.

    Raises
    ------
    DataError
        If the records lack a table or column, or a number of a post is missing.
    """
    records.complete("posts", "jabatan", "kebutuhan", *([] if recount else ["bezetting"]))
    posts = _places(records)
    if recount:
        posts = _recounted(records, posts)
    keys = ["provinsi", "jenis_jabatan", "jabatan"]
    sums = posts.group_by(keys).aggregate(
        terisi=ibis.least(posts["ada"], posts["perlu"]).sum().cast("int64"),
        ada=posts["ada"].sum().cast("int64"),
        perlu=posts["perlu"].sum().cast("int64"),
    )
    filled = sums["terisi"]
    found = sums.select(
        *keys, terisi=filled, lebih=sums["ada"] - filled, kosong=sums["perlu"] - filled
    )
    return in_order(found, keys)


def _places(records: Records) -> ir.Table:
    """Return posts with their labels; only of structural ones, the echelon of the unit is sought.

    Both parts are read from the table itself: what they had in common, engines would hold.
    """
    posts = records.of("posts", "unorId", "jenisJabatanId", "provinsi", "jabatan")
    units = records.of("units", "Id", "EselonId").select("Id", "EselonId")
    structural = (posts["jenisJabatanId"].cast("string") == STRUCTURAL).fill_null(False)
    heads, others = posts.filter(structural), posts.filter(~structural)
    heads = heads.left_join(units, heads["unorId"] == units["Id"])
    titled = _posts(others, labelled(others["jabatan"]))
    return _posts(heads, echelon_label(heads["EselonId"])).union(titled)


def _posts(posts: ir.Table, label: ir.Value) -> ir.Table:
    return posts.select(
        "unorId",
        judul=posts["jabatan"],
        provinsi=labelled(posts["provinsi"]),
        jenis_jabatan=labelled(posts["jenisJabatanId"]),
        ada=posts["bezetting"].cast("int64") if "bezetting" in posts.columns else 0,
        perlu=posts["kebutuhan"].cast("int64"),
        jabatan=label,
    )


def _recounted(records: Records, posts: ir.Table) -> ir.Table:
    """Return posts with the people found in them; people elsewhere are posts without need."""
    people = records.of("people", "unorId", "jabatanNama")
    held = people.select(
        unit=labelled(people["unorId"]),
        title=labelled(people["jabatanNama"]),
        **{name: dimension(records, name) for name in ("provinsi", "jenis_jabatan", "jabatan")},
    )
    place = ["unit", "title", "provinsi", "jenis_jabatan", "jabatan"]
    zero = ibis.literal(0, "int64")
    there = held.group_by(place).aggregate(ada=held.count().cast("int64")).mutate(perlu=zero)
    needed = posts.select(
        unit=labelled(posts["unorId"]),
        title=labelled(posts["judul"]),
        provinsi=posts["provinsi"],
        jenis_jabatan=posts["jenis_jabatan"],
        jabatan=posts["jabatan"],
        ada=zero,
        perlu=posts["perlu"],
    )
    rows = there.select(*place, "ada", "perlu").union(needed)
    return rows.group_by(place).aggregate(ada=rows["ada"].sum(), perlu=rows["perlu"].sum())
