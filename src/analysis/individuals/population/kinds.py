"""The vocabulary of the population: levels of government, sexes, posts, education, golongan."""

from typing import Final

LEVELS: Final = ("pusat", "provinsi", "kabkota")
SEXES: Final = ("M", "F")  # as SIASN writes them
STATUSES: Final = ("PNS", "PPPK")

CLASSES: Final = {
    "PNS": ("JPT", "administrator", "pengawas", "eselon V", "fungsional", "pelaksana"),
    "PPPK": ("fungsional", "pelaksana"),
}
FUNCTIONAL: Final = ("guru", "kesehatan", "teknis")
ECHELONS: Final = ("11", "12", "21", "22", "31", "32", "41", "42", "51")

POSTS: Final = {
    "PNS": (*ECHELONS, *FUNCTIONAL, "pelaksana"),
    "PPPK": (*FUNCTIONAL, "pelaksana"),
}
POST_LIST: Final = tuple((status, post) for status in STATUSES for post in POSTS[status])
CLASS_OF: Final = {
    **dict.fromkeys(("11", "12", "21", "22"), "JPT"),
    **dict.fromkeys(("31", "32"), "administrator"),
    **dict.fromkeys(("41", "42"), "pengawas"),
    "51": "eselon V",
    **dict.fromkeys(FUNCTIONAL, "fungsional"),
    "pelaksana": "pelaksana",
}

# Code of education: how the published mix of the kabupaten and the country's groups call it.
EDUCATION: Final = {
    "05": ("SD", 0),
    "10": ("SLTP", 0),
    "12": ("SLTP KEJURUAN", 0),
    "15": ("SLTA UMUM", 0),
    "17": ("SLTA KEJURUAN", 0),
    "20": ("DIPLOMA I", 1),
    "25": ("DIPLOMA II", 1),
    "30": ("DIPLOMA III", 1),
    "35": ("DIPLOMA IV", 1),
    "40": ("SARJANA", 2),
    "42": ("SARJANA PROFESI", 2),
    "45": ("PASCASARJANA", 2),
    "47": ("SPESIALIS I", 2),
    "50": ("DOKTOR", 2),
}
EDUCATION_CODES: Final = tuple(EDUCATION)
EDUCATION_GROUPS: Final = ("SD sampai SLTA", "Diploma", "S-1 sampai S-3")

GOLONGAN: Final = tuple(
    f"{group}/{letter}"
    for group, letters in (("I", "abcd"), ("II", "abcd"), ("III", "abcd"), ("IV", "abcde"))
    for letter in letters
)
GOLONGAN_PPPK: Final = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"),
    *("X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"),
)
ALL_GOLONGAN: Final = (*GOLONGAN, *GOLONGAN_PPPK)
