"""What happens to accounts: people join, sign in and out, change what is theirs, receive roles and cards."""

from __future__ import annotations

from app.domain.accounts.services.addresses import ask_address, confirm_address, remove_address
from app.domain.accounts.services.brackets import set_brackets
from app.domain.accounts.services.cards import (
    PrintedCard,
    activate_card,
    can_be_renewed,
    cancel_card,
    make_cards,
    renew_code,
)
from app.domain.accounts.services.joining import Profile, ask_to_join, confirm_account, forget_expired_links
from app.domain.accounts.services.letters import dead_link
from app.domain.accounts.services.own import change_profile, close_account, export_own_data
from app.domain.accounts.services.passwords import ask_new_password, change_password, choose_new_password
from app.domain.accounts.services.people import read_contact, search_people
from app.domain.accounts.services.roles import appoint_first_administrator, give_role, withdraw_role
from app.domain.accounts.services.sessions import begin_session, end_all_sessions, sign_in, sign_out
from app.domain.accounts.services.telling import tell

__all__ = [
    "PrintedCard",
    "Profile",
    "activate_card",
    "appoint_first_administrator",
    "ask_address",
    "ask_new_password",
    "ask_to_join",
    "begin_session",
    "can_be_renewed",
    "cancel_card",
    "change_password",
    "change_profile",
    "choose_new_password",
    "close_account",
    "confirm_account",
    "confirm_address",
    "dead_link",
    "end_all_sessions",
    "export_own_data",
    "forget_expired_links",
    "give_role",
    "make_cards",
    "read_contact",
    "remove_address",
    "renew_code",
    "search_people",
    "set_brackets",
    "sign_in",
    "sign_out",
    "tell",
    "withdraw_role",
]
