"""Numbers of persons (NIP, NIK) in text, however they are written.

An NIP has 18 digits: birth date, year and month of the first appointment, sex, serial number; of a
PPPK the year is followed by a code. Its first 14 tell the dates still. An NIK has 16: region, birth
date (of women, 40 is added to the day), serial number.
"""

import re
import unicodedata

_FEWEST = 14  # digits: birth date and first appointment of an NIP


def _spread(digits: str, signs: str) -> str:
    """Return the pattern of digits, between any two of which (`~`) stand such signs or nothing."""
    return digits.replace("~", signs)


_ANY_TWO = r"[\W_]{0,2}"
_NO_LIST = r"(?:[^\w,;]|_){0,2}"
_MONTH, _DAY = "(?:0~[1-9]|1~[0-2])", "(?:0~[1-9]|[12]~[0-9]|3~[01])"
_NIP = re.compile(
    _spread(
        rf"(?:1~9~[3-9]|2~0~[01])~[0-9]~{_MONTH}~{_DAY}~(?:1~9~[5-9]|2~0~[0-4])(?:~[0-9]){{3,}}",
        _ANY_TWO,
    )
)
_REGION = "(?:[1-36-9]~[1-9]|5~[1-4])(?:~[0-9]){4}"
_DAY_AND_SEX = "(?:[04]~[1-9]|[1256]~[0-9]|[37]~[01])"
_NIK = re.compile(
    _spread(rf"(?<![0-9]){_REGION}~{_DAY_AND_SEX}~{_MONTH}(?:~[0-9]){{6}}(?![0-9])", _NO_LIST)
)
_LONG = re.compile(rf"[0-9](?:[\s._\-]*[0-9]){{{_FEWEST - 1},}}")

_DATE = (
    "[0-9]{1,2}[-./][0-9]{1,2}[-./](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[-./][0-9]{2}[-./][0-9]{2}"
)
_CODE = r"[0-9]{2}(?:\.[0-9]{2}){0,2}(?:\.[0-9]{4})?"
_OTHER = "|".join([_DATE, "(?:19|20)[0-9]{2}", _CODE, r"[0-9]{1,3}(?:\.[0-9]{3})+"])


def _listed(one: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{one})(?:[\W_]+(?:{one}))*")


_RECORD = re.compile(  # a unit's Id in SIASN, which may have 14 digits in a row
    r"\b[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\b", re.IGNORECASE
)
_SHAPED, _DATES, _OTHERS = (_NIP, _NIK), _listed(_DATE), _listed(_OTHER)


def plain(text: str) -> str:
    """Return a text with the digits 0 to 9 for those of other scripts, without invisible signs."""
    return "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() else sign
        for sign in unicodedata.normalize("NFKC", text)
        if unicodedata.category(sign) != "Cf"
    )


def has_person_number(text: str) -> bool:
    """Whether a text may hold an NIP or NIK.

    Rule: digits with the parts of an NIP or NIK, up to two signs that are no letters between any
    two of them; or 14 digits or more, between which stand blanks, dots, hyphens or nothing. Dates,
    lists of years, codes or amounts with thousands marks, and Ids of records, are none.

    Examples
    --------
    >>> has_person_number("UPTD 19700101/199503/1/003"), has_person_number("2014-2023")
    (True, False)
    """
    return bool(_spans(plain(text)))


def without_person_numbers(text: str) -> str:
    """Return a text with three dots in place of each number that may be an NIP or NIK.

    Examples
    --------
    >>> without_person_numbers("Budi, NIP 19780612-200003-1-994, guru")
    'Budi, NIP •••, guru'
    """
    written = plain(text)
    spans = _spans(written)
    if not spans:
        return text
    parts, last = [], 0
    for start, end in sorted(spans):
        if end > last:
            parts += [written[last:start], "•••"] if start >= last else []
            last = end
    return "".join([*parts, written[last:]])


def _spans(text: str) -> list[tuple[int, int]]:
    """Return where in a plain text numbers stand that may be of persons; some overlap."""
    shaped = [
        each.span()
        for number in _SHAPED
        for each in number.finditer(text)
        if not _DATES.fullmatch(each.group())
    ]
    long = [
        each.span()
        for each in _LONG.finditer(_RECORD.sub(lambda found: "x" * len(found.group()), text))
        if not _OTHERS.fullmatch(each.group())
    ]
    return shaped + long
