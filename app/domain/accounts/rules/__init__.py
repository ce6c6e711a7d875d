"""What an account asks: what makes somebody known, where they belong, what they are trusted with."""

from __future__ import annotations

from app.domain.accounts.rules.belonging import (
    DEMONSTRATION_STARTS,
    brackets_from,
    brackets_hold,
    link_names_its_place,
)
from app.domain.accounts.rules.cards import (
    CODE_BITS,
    MOST_CARDS,
    can_hold_more,
    can_make,
    new_code,
    new_identifier,
    normal_code,
    prefix_of,
)
from app.domain.accounts.rules.identity import (
    can_be_email,
    can_be_new_email,
    can_be_password,
    can_be_pseudonym,
    can_remove_email,
    closed_pseudonym,
    hash_password,
    hash_token,
    knows_secret,
    normal_identifier,
    password_matches,
    pseudonym_key,
    secrets_meant,
)
from app.domain.accounts.rules.roles import administers, can_give, can_renew_code, somebody_administers_without

__all__ = [
    "CODE_BITS",
    "DEMONSTRATION_STARTS",
    "MOST_CARDS",
    "administers",
    "brackets_from",
    "brackets_hold",
    "can_be_email",
    "can_be_new_email",
    "can_be_password",
    "can_be_pseudonym",
    "can_give",
    "can_hold_more",
    "can_make",
    "can_remove_email",
    "can_renew_code",
    "closed_pseudonym",
    "hash_password",
    "hash_token",
    "knows_secret",
    "link_names_its_place",
    "new_code",
    "new_identifier",
    "normal_code",
    "normal_identifier",
    "password_matches",
    "prefix_of",
    "pseudonym_key",
    "secrets_meant",
    "somebody_administers_without",
]
