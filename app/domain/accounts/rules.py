"""What an account asks: identifiers, pseudonyms, passwords and tokens."""

from __future__ import annotations

import hashlib
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import lazy_gettext as _l

from app.domain.shared.refusals import YES, Refusal, Verdict

# 19 MiB, two passes, one lane: OWASP's setting for argon2id, 24 ms here, no memory burst.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Verified when nobody has the identifier, so that the answer takes as long as when somebody has.
_NOBODY = _HASHER.hash("personne ne porte cet identifiant")


def hash_password(password: str) -> str:
    """The argon2id hash of a password or of a card's code."""
    return _HASHER.hash(password)


def password_matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the right one; takes the same time when there is no account (``None``)."""
    try:
        return _HASHER.verify(password_hash or _NOBODY, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def hash_token(token: str) -> str:
    """SHA-256 of a random token, in hexadecimal: the database never holds the token itself."""
    return hashlib.sha256(token.encode()).hexdigest()


def normal_identifier(identifier: str) -> str:
    """An e-mail in lower case, or a card identifier in upper case without spaces."""
    tidy = identifier.strip()
    return tidy.lower() if "@" in tidy else tidy.upper().replace(" ", "")


def pseudonym_key(pseudonym: str) -> str:
    """What must be unique in a pseudonym: its letters and digits, without case nor accents."""
    plain = unicodedata.normalize("NFKD", pseudonym).casefold()
    return "".join(character for character in plain if character.isalnum())


def can_be_pseudonym(pseudonym: str) -> Verdict:
    """Three letters or digits at least, and no "@": an e-mail must not become public by mistake.

    Refusals: field and code ``pseudonym``. Source: choix de conception.
    """
    if "@" in pseudonym:
        return Refusal(
            _l("Ce nom sera public : n’y mettez pas votre adresse e-mail."), field="pseudonym", code="pseudonym"
        )
    if len(pseudonym_key(pseudonym)) < 3:
        return Refusal(_l("Choisissez un nom d’au moins trois lettres."), field="pseudonym", code="pseudonym")
    return YES


def can_be_password(password: str) -> Verdict:
    """Twelve characters at least (CNIL, délibération 2022-100, password without composition rule), 200 at most."""
    if len(password) < 12:
        return Refusal(
            _l("Choisissez un mot de passe d’au moins 12 caractères, par exemple quatre mots à vous."),
            field="password",
            code="password",
        )
    if len(password) > 200:
        return Refusal(_l("Ce mot de passe est trop long : 200 caractères au plus."), field="password", code="password")
    return YES
