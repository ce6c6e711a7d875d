"""The receipt: a code the voter alone holds, and the digest of it the box holds."""

from __future__ import annotations

import hashlib
from typing import Final

from flask_babel import lazy_gettext as _l

from app.domain.shared.refusals import Refusal

# Base 32 (RFC 4648): neither 0 nor 1 nor 8 nor 9, which people read as letters. 26 characters are 130 bits.
ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
LENGTH: Final = 26
_AS_READ: Final = str.maketrans({"0": "O", "1": "I", "8": "B", " ": "", "-": "", "\u00a0": "", "\u202f": "", ".": ""})


def shown_code(code: str) -> str:
    """The code in groups of four, as it is read aloud and printed."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def normal_code(typed: str) -> str:
    """The code behind what somebody typed: case, spaces and hyphens do not matter, nor 0 for O, 1 for I, 8 for B.

    Raises a ``Refusal`` (code ``receipt_code``, field ``code``) when it cannot be a code. Source: choix de conception.
    """
    code = typed.upper().translate(_AS_READ)
    if len(code) != LENGTH or any(character not in ALPHABET for character in code):
        sentence = _l("Ce code n’a pas la bonne forme : recopiez les 26 lettres et chiffres imprimés sur votre reçu.")
        raise Refusal(sentence, field="code", code="receipt_code")
    return code


def receipt_hash(scrutin_id: int, code: str) -> str:
    """What the box keeps of a code: SHA-256 of the scrutin and the code, in hexadecimal.

    The scrutin is part of it, so that a digest says nothing in another vote. Source: votes-tirage-questionnaires §6.2.
    """
    return hashlib.sha256(f"{scrutin_id}|{code}".encode()).hexdigest()
