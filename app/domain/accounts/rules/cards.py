"""What is printed on a card for somebody without e-mail: signs nobody confuses, read aloud without effort."""

from __future__ import annotations

import math
import re
import secrets
import unicodedata

from flask_babel import lazy_gettext as _l

from app.domain.shared.refusals import YES, Refusal, Verdict

# Neither 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B, U and V; and no vowel, so that no word appears by chance.
ALPHABET = "CDFGHJKMNPQRTVWX34679"
CODE_SIGNS = 10
# The code alone protects the account of somebody without e-mail: 2^44 tries at the rate the door allows.
CODE_BITS = CODE_SIGNS * math.log2(len(ALPHABET))
# One request prints them and hashes as many codes: more would keep the page waiting. Choix de conception.
MOST_CARDS = 40
_ARTICLES = {"le", "la", "les", "l", "du", "de", "des", "d"}


def _drawn(signs: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(signs))


def new_identifier(place: str) -> str:
    """A card's identifier, ``GEN-4K7M-2Q9T`` for Les Genêts: it says where it was made and nothing of the person."""
    return f"{prefix_of(place)}-{_drawn(4)}-{_drawn(4)}"


def new_code() -> str:
    """A card's secret code, ``K7MQ3-RT9CF``: ten signs drawn at random, over 44 bits."""
    return f"{_drawn(CODE_SIGNS // 2)}-{_drawn(CODE_SIGNS // 2)}"


def prefix_of(place: str) -> str:
    """Three letters of a place, its article left out ("Les Genêts" gives GEN); ``AGO`` when it has not three."""
    plain = unicodedata.normalize("NFKD", place.replace("’", " ")).encode("ascii", "ignore").decode()
    words = [word for word in re.findall(r"[A-Za-z]+", plain) if word.lower() not in _ARTICLES]
    letters = "".join(words)[:3].upper()
    return letters if len(letters) == 3 else "AGO"


def normal_code(code: str) -> str:
    """A code as it was hashed: capital letters and digits, without the hyphen nor what was typed around."""
    return re.sub(r"[^A-Z0-9]", "", code.upper())


def looks_like_code(typed: str) -> bool:
    """Whether what was typed has the form of a card's code, with or without its hyphen."""
    signs = normal_code(typed)
    return len(signs) == CODE_SIGNS and set(signs) <= set(ALPHABET)


def normal_card_identifier(identifier: str) -> str:
    """An identifier as printed: typed without hyphens, in small letters, or with a 0 for the O of its place."""
    signs = normal_code(identifier)
    if len(signs) != 11:
        return identifier.upper().replace(" ", "")
    place = signs[:3].replace("0", "O").replace("1", "I")
    return f"{place}-{signs[3:7]}-{signs[7:]}"


def can_hold_more(count: int, unused: int, most: int) -> Verdict:
    """Whether ``count`` cards more may wait for their holder, ``unused`` of the same maker waiting already.

    Each card opens an account that can vote: nobody keeps a drawer of them. Refusal code ``unused``. Source: choix de
    conception; ``most`` is a setting of the site.
    """
    if unused + count <= most:
        return YES
    sentence = _l(
        "Vous avez déjà fait %(unused)s cartes que personne n’utilise, et le site en permet %(most)s par personne. "
        "Annulez dans la liste celles qui ne serviront pas, ou demandez-en moins.",
        unused=unused, most=most,
    )  # fmt: skip
    return Refusal(sentence, field="count", code="unused")


def can_make(count: int) -> Verdict:
    """From one card to ``MOST_CARDS`` at once. Refusal code ``count``."""
    if 1 <= count <= MOST_CARDS:
        return YES
    sentence = _l("Demandez entre 1 et %(most)d cartes à la fois.", most=MOST_CARDS)
    return Refusal(sentence, field="count", code="count")
