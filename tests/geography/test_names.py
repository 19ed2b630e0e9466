import pytest

from analysis.geography.names import index_names, plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Labuhan Batu", "LABUHANBATU"),
        ("Tojo Una-Una", "Tojo Una Una"),
        ("Kep. Aru", "Kepulauan  Aru"),
        ("Kota Adm. Jakarta Pusat", "Kota Administrasi Jakarta Pusat"),
        ("D.I. Yogyakarta", "DI Yogyakarta"),
        ("Fak\N{NO-BREAK SPACE}Fak", "fakfak"),
    ],
)
def test_ways_to_write_one_name(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Padang", "Padangg"), ("Kepahiang", "Kepulauan Ahiang"), ("Pidie", "Pidie Jaya")],
)
def test_no_name_is_taken_for_one_like_it(one: str, other: str) -> None:
    assert plain(one) != plain(other)


def test_a_name_of_two_places_means_both() -> None:
    index = index_names([("1", "Solok"), ("2", "SOLOK"), ("3", "Agam")], split, split)
    assert index.meant("solok") == {"1", "2"}
    assert index.meant("Agam") == {"3"}
    assert index.meant("") == frozenset()


def split(name: str) -> list[str]:
    return [plain(name)]
