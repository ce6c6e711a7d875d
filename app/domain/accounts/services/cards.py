"""Cards for people without e-mail: made and printed by an animator, activated by the person, made good when lost."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.database import db
from app.domain.accounts import queries, rules
from app.domain.accounts.models import Card, CardState, Person, Role
from app.domain.accounts.services.joining import Profile, add_person
from app.domain.accounts.services.sessions import begin_session, end_all_sessions
from app.domain.accounts.services.telling import tell
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal, Verdict, require
from app.domain.territories.queries import site


@dataclass(frozen=True)
class PrintedCard:
    """What is printed once and known nowhere else: the code is kept hashed."""

    identifier: str
    code: str


def make_cards(*, count: int, place: str, batch: str, actor: Person) -> list[PrintedCard]:
    """Makes cards whose identifiers recall a place; gives what to print, which cannot be shown again.

    ``batch`` is a random text of 32 characters made with the form: the same request sent twice is refused (code
    ``again``). Other refusals: ``count`` (from 1 to 40), ``unused`` (too many of the actor's
    cards are nobody's yet: ``Site.most_unused_cards``).
    """
    # Held: two requests of one person do not both fit in the same room.
    queries.person_by_id_for_update(actor.id)
    unused = queries.count_unused_cards(actor.id)
    require(rules.can_make(count), rules.can_hold_more(count, unused, site().most_unused_cards))
    printed = [PrintedCard(rules.new_identifier(place), rules.new_code()) for _ in range(count)]
    try:
        with db.session.begin_nested():
            db.session.add_all(_row(card, batch, rank, actor) for rank, card in enumerate(printed, start=1))
            db.session.flush()
    except IntegrityError:
        raise Refusal(
            _l(
                "Ces cartes sont déjà faites, et leurs codes ne peuvent plus être montrés. Annulez-les dans la liste, "
                "puis faites-en d’autres."
            ),
            code="again",
        ) from None
    journal.record("made_cards", Card.__tablename__, actor=actor, count=count)
    return printed


def _row(card: PrintedCard, batch: str, rank: int, actor: Person) -> Card:
    return Card(
        identifier=card.identifier, code_hash=_hash(card.code), made_by_id=actor.id, made_at=clock.now(),
        batch=batch, batch_rank=rank,
    )  # fmt: skip


def activate_card(*, identifier: str, code: str, profile: Profile) -> tuple[Person, str]:
    """Makes the account of whoever holds a card and its code, and opens a session.

    Refusals: ``identity`` (one same sentence for an unknown card, a wrong code and a cancelled card, after the same
    time), ``used`` (activated already, said to who knows its code), and those of a profile.
    """
    card = queries.card_by_identifier_for_update(identifier)
    right = rules.password_matches(card.code_hash if card else None, rules.normal_code(code))
    if card is None or not right or card.state is CardState.CANCELLED:
        sentence = _l("L’identifiant et le code ne vont pas ensemble. Recopiez-les tels qu’ils sont sur votre carte.")
        raise Refusal(sentence, code="identity")
    if card.state is CardState.USED:
        sentence = _l("Cette carte est déjà activée : connectez-vous avec son identifiant et son code.")
        raise Refusal(sentence, code="used")
    person = add_person(profile, card_identifier=card.identifier, password_hash=card.code_hash)
    card.person_id, card.activated_at = person.id, clock.now()
    journal.record("joined", person, actor=person, channel="card")
    return person, begin_session(person=person)


def cancel_card(*, card: Card, actor: Person) -> None:
    """Makes a card good for nothing, as long as nobody uses it. Refusal ``state``."""
    card = queries.card_by_id_for_update(card.id)
    if card.state is not CardState.UNUSED:
        sentence = _l("Seule une carte que personne n’utilise peut être annulée. Faites plutôt un nouveau code.")
        raise Refusal(sentence, code="state")
    card.cancelled_at = clock.now()
    journal.record("cancelled_card", card, actor=actor)


def can_be_renewed(*, card: Card, actor: Person) -> Verdict:
    """Whether a new code may be made now. Needs the holder and their roles loaded. Refusals: ``state``, ``role``."""
    if card.state is CardState.CANCELLED:
        return Refusal(_l("Cette carte est annulée. Faites-en une autre."), code="state")
    return rules.can_renew_code(actor_is_admin=actor.holds(Role.ADMIN), owner=card.person, today=clock.today())


def renew_code(*, card: Card, actor: Person) -> PrintedCard:
    """Makes a new code for a lost card, to print once; the old code and every session of its holder end.

    The holder reads on their page that it happened. Refusals: ``state`` (a cancelled card), ``role`` (the holder has
    a role and the actor does not administer).
    """
    card = queries.card_by_id_for_update(card.id)
    require(can_be_renewed(card=card, actor=actor))
    printed = PrintedCard(card.identifier, rules.new_code())
    card.code_hash = _hash(printed.code)
    if card.person is not None:
        card.person.password_hash = card.code_hash
        end_all_sessions(person=card.person, actor=actor)
        sentence = _l("Le nouveau code a été remis en main propre. Si vous n’avez rien demandé, prévenez-nous.")
        tell(card.person, _l("Votre carte a un nouveau code"), sentence)
    journal.record("renewed_code", card, actor=actor)
    return printed


def _hash(code: str) -> str:
    return rules.hash_password(rules.normal_code(code))
