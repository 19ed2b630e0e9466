"""What two runs compare: text and digests that are the same on every machine.

Processors and linear-algebra kernels sum in different orders, so the last bits of a computed
number differ between machines, and so does any text that prints them.
"""

import hashlib
from collections.abc import Iterable

_SIGNIFICANT = 9  # digits: two machines agree on these, and no figure of a report needs more
_DECIMALS = 10  # what is smaller is the rounding of a zero


def stable(number: float) -> str:
    """Return the number as text, to nine significant digits and ten decimals.

    Examples
    --------
    >>> stable(403603.066244267), stable(0.1 + 0.2), stable(-1e-17), stable(float("nan"))
    ('403603.066', '0.3', '0', 'nan')
    """
    without_noise = round(float(number), _DECIMALS) + 0.0  # the addition takes a zero's sign
    return f"{without_noise:.{_SIGNIFICANT}g}"


def digest(parts: Iterable[str]) -> str:
    """Return sixteen hexadecimal digits that stand for the parts, in their order.

    Examples
    --------
    >>> digest(["Aceh", "27.3"])
    '0e5694b3ba407d20'
    """
    found = hashlib.sha256()
    for part in parts:
        found.update(part.encode())
    return found.hexdigest()[:16]
