"""A keyed hash in place of the NIP: the same person has the same key, and no key leads back.

The hash is HMAC-SHA-256 (RFC 2104) of the NIP under a key that is kept by whoever runs the
ingestion, cut to 128 bits. Without the key nobody can find out whose row it is, not even by trying
all NIPs. It is taken from the environment or from a file outside the repository, and never written.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import ParameterError
from analysis.files import read_bytes
from analysis.paths import ROOT

VARIABLE = "ASN_PERSON_KEY"
"""Variable of the environment that holds the key."""

KEY = "kunci"
"""Column that takes the place of the NIP."""

_LEAST = 32  # characters: 128 bits in hexadecimal digits
_BLOCK = 64  # bytes that SHA-256 works on
_DIGITS = 32  # hexadecimal digits that are kept
_MAKE = "Make one with `python -c 'import secrets; print(secrets.token_hex(32))'` and keep it safe."


@dataclass(frozen=True)
class PersonKey:
    """The secret under which people are keyed; never prints itself.

    Parameters
    ----------
    secret : bytes
    """

    secret: bytes

    def __repr__(self) -> str:
        return "PersonKey(•••)"

    @property
    def fingerprint(self) -> str:
        """What tells whether two datasets were keyed alike; it does not lead to the key."""
        return hmac.new(self.secret, b"fingerprint", hashlib.sha256).hexdigest()[:16]

    def of(self, nip: str) -> str:
        """Return the key of a person."""
        return hmac.new(self.secret, nip.encode(), hashlib.sha256).hexdigest()[:_DIGITS]

    def sql(self, column: str) -> str:
        """Return what keys a column in DuckDB, to be run with `parameters`."""
        inner = f"sha256($inner || encode({column}))"
        return f"substr(sha256($outer || unhex({inner})), 1, {_DIGITS})"

    @property
    def parameters(self) -> dict[str, bytes]:
        """The two blocks of HMAC; given apart from the statement, which errors may show."""
        secret = self.secret
        if len(secret) > _BLOCK:
            secret = hashlib.sha256(secret).digest()
        block = secret.ljust(_BLOCK, b"\0")
        return {
            "inner": bytes(byte ^ 0x36 for byte in block),
            "outer": bytes(byte ^ 0x5C for byte in block),
        }


def person_key(file: Path | None = None) -> PersonKey:
    """Return the key from a file, or from the environment.

    Raises
    ------
    ParameterError
        If there is none, it is short, or its file lies in the repository.
    """
    if file is None:
        text = os.environ.get(VARIABLE, "")
        where = f"{VARIABLE} in the environment"
        if not text:
            raise ParameterError(
                f"People are keyed under a secret, and there is none: set {where}, or name a file "
                f"outside the repository with --key-file. {_MAKE}"
            )
    else:
        if file.resolve().is_relative_to(ROOT):
            raise ParameterError(
                f"--key-file {file} lies in the repository, where it could be published. Keep it "
                "elsewhere."
            )
        text = read_bytes(file, advice=_MAKE).decode("utf-8", errors="replace")
        where = f"{file}"
    secret = text.strip()
    if len(secret) < _LEAST:
        raise ParameterError(
            f"{where} holds {len(secret)} characters; a key has {_LEAST} at least, so that nobody "
            f"can guess it. {_MAKE}"
        )
    return PersonKey(secret.encode())
