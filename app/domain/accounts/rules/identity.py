"""What makes somebody known: identifiers, pseudonyms, e-mails, passwords and tokens."""

from __future__ import annotations

import hashlib
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Person
from app.domain.accounts.rules.cards import looks_like_code, normal_card_identifier, normal_code
from app.domain.shared.refusals import YES, Refusal, Verdict

# 19 MiB, two passes, one lane: OWASP's setting for argon2id, 24 ms here, no memory burst.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Verified when nobody has the identifier, so that the answer takes as long as when somebody has.
# Of a password nobody knows; written here, for making it again would slow every command and every process down.
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$/hwShYPlJbhTL6dcjy4jqg$sugzBRKIu1QosPVduOpIGc3WbgkUTgqY2xCDokr0c5s"

CLOSED_NAME = "Compte fermé"


def hash_password(password: str) -> str:
    """The argon2id hash of a password or of a card's code."""
    return _HASHER.hash(password)


def password_matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the right one; takes the same time when there is no account (``None``)."""
    try:
        return _HASHER.verify(password_hash or NOBODY, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def hash_token(token: str) -> str:
    """SHA-256 of a random token, in hexadecimal: the database never holds the token itself."""
    return hashlib.sha256(token.encode()).hexdigest()


def normal_identifier(identifier: str) -> str:
    """An e-mail in lower case, or a card identifier as it is printed, however it was typed."""
    tidy = identifier.strip()
    return tidy.lower() if "@" in tidy else normal_card_identifier(tidy)


def secrets_meant(identifier: str, typed: str) -> tuple[str, ...]:
    """What somebody may have meant by what they typed: a password as it is; on a card, the code without its spaces.

    With an e-mail too, what has the form of a code is one: the holder of a card may have added an address. Depends on
    what was typed alone, so that trying each takes the same time whether or not the account exists.
    """
    if "@" in identifier and not looks_like_code(typed):
        return (typed,)
    return tuple(dict.fromkeys((typed, normal_code(typed))))


def knows_secret(person: Person, typed: str) -> bool:
    """Whether somebody signed in knows the password of their account, or the code of their card."""
    identifier = person.card_identifier or person.email or ""
    return any([password_matches(person.password_hash, meant) for meant in secrets_meant(identifier, typed)])


def can_be_new_email(person: Person, email: str) -> Verdict:
    """A well-formed address that is not the person's own already. Refusals on the field ``email``: ``email``, ``same``.

    Whether it is somebody else's is never said here: nobody learns who has an account.
    """
    verdict = can_be_email(email)
    if verdict and normal_identifier(email) == person.email:
        return Refusal(_l("C’est déjà votre adresse. Écrivez-en une autre."), field="email", code="same")
    return verdict


def can_remove_email(person: Person) -> Verdict:
    """Whether a card remains to sign in with once the e-mail is removed. Refusals: ``no_email``, ``no_card``.

    Source: choix de conception; an account without e-mail nor card would open to nobody.
    """
    if person.email is None:
        return Refusal(_l("Votre compte n’a pas d’adresse e-mail : il n’y a rien à retirer."), code="no_email")
    if person.card_identifier is None:
        sentence = _l(
            "Sans carte, cette adresse est votre seule façon de vous connecter. Changez-la, ou fermez votre compte."
        )
        return Refusal(sentence, code="no_card")
    return YES


def can_be_email(email: str) -> Verdict:
    """A well-formed address of 254 characters at most (RFC 5321). Refusal code ``email``."""
    try:
        # No question to any server; and addresses in ".test", which belong to nobody, serve the demonstration town.
        validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return Refusal(
            _l("Écrivez votre adresse e-mail en entier, par exemple nour@exemple.fr."), field="email", code="email"
        )
    return YES


def pseudonym_key(pseudonym: str) -> str:
    """What must be unique in a pseudonym: its letters and digits, without case nor accents."""
    plain = unicodedata.normalize("NFKD", pseudonym).casefold()
    return "".join(character for character in plain if character.isalnum())


def can_be_pseudonym(pseudonym: str) -> Verdict:
    """Three letters or digits at least, 40 characters at most, and no "@": an e-mail must not become public by mistake.

    Invisible signs and mixed alphabets are refused (two names could look the same), and so is the name that closed
    accounts take. Refusal code ``pseudonym``. Choix de conception.
    """
    if "@" in pseudonym:
        sentence = _l("Ce nom sera public : n’y mettez pas votre adresse e-mail.")
    elif any(unicodedata.category(character).startswith("C") for character in pseudonym):
        sentence = _l("Ce nom contient un signe invisible. Écrivez-le de nouveau, avec des lettres et des chiffres.")
    elif _mixes_alphabets(pseudonym):
        sentence = _l("Ce nom mêle plusieurs alphabets : on le prendrait pour un autre. Écrivez-le avec un seul.")
    elif len(pseudonym_key(pseudonym)) < 3:
        sentence = _l("Choisissez un nom d’au moins trois lettres.")
    elif len(pseudonym) > 40 or len(pseudonym_key(pseudonym)) > 80:
        sentence = _l("Choisissez un nom plus court : 40 caractères au plus.")
    elif pseudonym_key(pseudonym).startswith(pseudonym_key(CLOSED_NAME)):
        sentence = _l("Ce nom est réservé aux comptes fermés. Choisissez-en un autre.")
    else:
        return YES
    return Refusal(sentence, field="pseudonym", code="pseudonym")


def _mixes_alphabets(pseudonym: str) -> bool:
    """Whether letters of alphabets that look alike stand together: a Cyrillic "а" in a Latin name is not seen."""
    signs = [unicodedata.name(character, "").split(" ")[0] for character in pseudonym if character.isalpha()]
    return len({"LATIN", "GREEK", "CYRILLIC", "CHEROKEE", "ARMENIAN"}.intersection(signs)) > 1


def closed_pseudonym(person_id: int) -> str:
    """What stands in the place of a name once the account is closed. It is stored, hence not translated."""
    return f"{CLOSED_NAME} n° {person_id}"


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
