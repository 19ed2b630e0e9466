"""Rules of units, each by itself and as a tree."""

from analysis.individuals.validation.rule import Rule, TreeRule

_TREE = ("Id", "DiatasanId")

RULES: tuple[Rule, ...] = (
    TreeRule(
        "units",
        "own_parent",
        _TREE,
        "unit mengacu dirinya sendiri sebagai atasan",
        "the unit names itself as its parent",
        failing=lambda tree: tree.own_parent,
    ),
    TreeRule(
        "units",
        "parent_unknown",
        _TREE,
        "unit di atasnya tidak ada dalam daftar",
        "the unit above is not in the list",
        failing=lambda tree: tree.orphan,
    ),
    TreeRule(
        "units",
        "circle",
        _TREE,
        "unit berada di bawah dirinya sendiri melalui unit lain",
        "the unit is below itself by way of others",
        failing=lambda tree: tree.circle,
    ),
    TreeRule(
        "units",
        "several_roots",
        (*_TREE, "InstansiId"),
        "instansi memiliki lebih dari satu unit tanpa atasan",
        "the agency has more than one unit with none above",
        failing=lambda tree: tree.several_roots,
    ),
    TreeRule(
        "units",
        "parent_of_other_agency",
        (*_TREE, "InstansiId"),
        "unit di atasnya milik instansi lain",
        "the unit above belongs to another agency",
        failing=lambda tree: tree.other_agency,
    ),
    TreeRule(
        "units",
        "parent_of_other_office",
        (*_TREE, "NamaUnor"),
        "unit berada di bawah urusan lain, seperti sekolah di bawah badan keuangan",
        "the unit is under an office of another kind, such as a school under the finance agency",
        failing=lambda tree: tree.other_office,
    ),
    TreeRule(
        "units",
        "parent_abolished",
        (*_TREE, "aktif"),
        "unit masih berlaku di bawah unit yang sudah dihapus",
        "the unit is in force under one that was abolished",
        failing=lambda tree: tree.abolished_parent,
    ),
    TreeRule(
        "units",
        "name_twice",
        (*_TREE, "NamaUnor"),
        "nama yang sama dua kali di bawah satu atasan",
        "the same name twice under one parent",
        failing=lambda tree: tree.name_twice,
    ),
)
