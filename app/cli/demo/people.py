"""The people of the town: those who work for it, those who live there, and the accounts a visitor may try."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from app.cli.demo.town import Town
from app.database import db
from app.domain.accounts import queries, rules, services
from app.domain.accounts.models import Card, Link, Person, Role, Scope
from app.domain.accounts.rules import hash_password, normal_code, password_matches, pseudonym_key
from app.domain.accounts.services.joining import Profile, add_person
from app.domain.accounts.services.own import NOBODY_S
from app.domain.accounts.services.roles import appoint_first_administrator
from app.domain.shared import journal

BRACKETS = (0, 11, 16, 18, 26, 40, 60)
RESIDENT = "Nadia des Genêts"
# Who has no e-mail and came with a printed card.
WITH_A_CARD = "Papi Roger"
ADDRESSES = {
    "habitante": "habitante@demo.test",
    "animateur": "animateur@demo.test",
    "agente": "agente@demo.test",
    "agent2": "agent2@demo.test",
    "admin": "admin@demo.test",
    "animateur2": "animateur2@demo.test",
    "conseillere": "conseillere@demo.test",
}
# A resident drawn by lot, who presides over the first conseil.
COUNCILLOR = "Awa"


@dataclass(frozen=True)
class Account:
    """An account to try: what is typed to sign in, the name everybody sees, who it is."""

    key: str
    identifier: str
    pseudonym: str


# --- Joining ------------------------------------------------------------------------------------------------------


def found(town: Town) -> None:
    """The brackets, and the first person who administers."""
    services.set_brackets(starts=BRACKETS, actor=None)
    name = town.facts["people"]["staff"]["admin"]
    person, _password = appoint_first_administrator(email=ADDRESSES["admin"], pseudonym=name)
    town.people[name] = person.id


def hire(town: Town) -> None:
    """The agents and the animator join by e-mail like everybody, and receive their roles from the administration."""
    for key in ("agente", "agent2", "animateur", "animateur2"):
        name = town.facts["people"]["staff"][key]
        _join(town, name, ADDRESSES[key], Profile(name, Link.WORKS, None, town.bracket(40).id))
    for key in ("agente", "agent2"):
        give_role(town, key, Role.AGENT, Scope.CONTRACT, town.contract_id)
    give_role(town, "animateur", Role.ANIMATEUR, Scope.QUARTIER, town.quartier("Les Genêts").id)
    give_role(town, "animateur", Role.ANIMATEUR, Scope.QUARTIER, town.quartier("La Roseraie").id)


def give_role(town: Town, key: str, role: Role, scope: Scope, scope_id: int) -> None:
    """A role somewhere, without end."""
    services.give_role(
        person=town.staff(key), role=role, scope=scope, scope_id=scope_id, ends_on=None, actor=town.staff("admin")
    )


def settle(town: Town, name: str) -> None:
    """A resident joins. Nobody signs in with most of these accounts: they have no password."""
    profile = _profile(town, name)
    known = {RESIDENT: "habitante", COUNCILLOR: "conseillere"}
    if name in known:
        _join(town, name, ADDRESSES[known[name]], profile)
        return
    address = f"{pseudonym_key(name)}@habitants.test"
    person = add_person(profile, email=address, password_hash=NOBODY_S)
    journal.record("joined", person, actor=person, channel="email")
    town.people[name] = person.id


def make_first_residents(town: Town) -> None:
    """Who is there from the first day: the resident of the demonstration, and the holder of a card."""
    settle(town, RESIDENT)
    make_cards(town)


def later_residents(town: Town) -> list[str]:
    """The others, in the order they come."""
    return [name for name in town.residents if name not in {RESIDENT, WITH_A_CARD}]


def make_cards(town: Town) -> None:
    """The animator prints three cards; one is activated, the others wait for somebody."""
    batch, place = secrets.token_hex(16), town.quartier("Bellevue-Moulins").name
    cards = services.make_cards(count=3, place=place, batch=batch, actor=town.staff("animateur"))
    profile = _profile(town, WITH_A_CARD)
    person, _token = services.activate_card(identifier=cards[0].identifier, code=cards[0].code, profile=profile)
    town.people[WITH_A_CARD] = person.id


def _join(town: Town, name: str, email: str, profile: Profile) -> None:
    """Asks to join and opens the link of the letter."""
    tokens: list[str] = []
    home = current_app.config["PUBLIC_URL"]

    def link_to(token: str) -> str:
        tokens.append(token)
        return f"{home}/inscription/confirmer/{token}"

    services.ask_to_join(
        email=email, password=secrets.token_urlsafe(18), profile=profile, link_to=link_to,
        sign_in_at=f"{home}/connexion",
    )  # fmt: skip
    person, _token = services.confirm_account(token=tokens[0], pseudonym=name)
    town.people[name] = person.id


def _profile(town: Town, name: str) -> Profile:
    _name, age, quartier, link = next(row for row in town.facts["people"]["residents"] if row[0] == name)
    quartier_id = town.quartier(quartier).id if quartier else None
    return Profile(name, Link(link), quartier_id, town.bracket(age).id)


# --- The accounts to try ------------------------------------------------------------------------------------------


def is_loaded() -> bool:
    """Whether the town is here already."""
    return queries.person_by_identifier(ADDRESSES["admin"]) is not None


def is_empty() -> bool:
    """Whether nobody has an account: the town is never loaded over the data of a real place."""
    return db.session.scalar(select(Person.id).limit(1)) is None


def open_accounts(password: str) -> list[Account]:
    """Makes the password the one of each account to try, and gives those that are still open."""
    opened = []
    for key, address in ADDRESSES.items():
        person = queries.person_by_identifier(address)
        if person is None or not person.is_active:
            continue
        if not password_matches(person.password_hash, password):
            person.password_hash = hash_password(password)
        opened.append(Account(key, address, person.pseudonym))
    return opened


def renew_card() -> tuple[str, str] | None:
    """A new code for the card to try, and its identifier; ``None`` when its account was closed since."""
    query = select(Person).where(Person.pseudonym_key == pseudonym_key(WITH_A_CARD))
    person = db.session.scalar(query.where(Person.deactivated_at.is_(None), Person.card_identifier.is_not(None)))
    if person is None or person.card_identifier is None:
        return None
    code = rules.new_code()
    person.password_hash = hash_password(normal_code(code))
    card = db.session.scalar(select(Card).where(Card.person_id == person.id))
    if card is not None:
        card.code_hash = person.password_hash
    return person.card_identifier, code
