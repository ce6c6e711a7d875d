"""Who may ask to sit, and what an answer needs: pure answers on what is known."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from flask_babel import lazy_gettext as _l

from app.domain.governance.models import Body, Recruitment, SeatType
from app.domain.shared.refusals import YES, Refusal, Verdict

# The kinds of seats one asks for; the others are drawn, elected, or come with a function.
ASKED_FOR = (Recruitment.VOLUNTEER, Recruitment.APPLICATION)


def is_open_to_all(body: Body) -> Verdict:
    """A body that has ended takes nobody. Refusal ``over``."""
    return Refusal(_l("Cette instance ne reçoit plus de candidature."), code="over") if body.is_over else YES


def can_ask_for(seat_type: SeatType | None, organisation: str, birth_year: int | None, today: date) -> Verdict:
    """Whether one may ask for this kind of seat. Refusals ``seat``, ``organisation_name``, ``birth_year``.

    The day of birth is never known: somebody may be one year younger than the age they reach this year. The age of
    the seat is data of the body (CC-R06).
    """
    if seat_type is None or seat_type.recruitment not in ASKED_FOR:
        return Refusal(
            _l("Choisissez un siège ouvert aux candidatures dans la liste."), field="seat_type_id", code="seat"
        )
    if seat_type.recruitment is Recruitment.APPLICATION and not organisation:
        return Refusal(
            _l("Ce siège est celui d’une association ou d’un acteur local : écrivez son nom."),
            field="organisation_name", code="organisation_name",
        )  # fmt: skip
    age = None if birth_year is None else today.year - birth_year
    low, high = seat_type.min_age, seat_type.max_age
    if age is not None and ((low is not None and age < low) or (high is not None and age - 1 > high)):
        return Refusal(
            _l("Ce siège a une condition d’âge que cette année de naissance ne remplit pas. Choisissez-en un autre."),
            field="birth_year", code="birth_year",
        )  # fmt: skip
    return YES


def can_reach(email: str, phone: str, has_account: bool) -> Verdict:
    """An answer must reach the person: on their account, or by one of the two. Refusal ``phone``."""
    if has_account or email or phone:
        return YES
    return Refusal(
        _l("Donnez un téléphone ou une adresse électronique : il faut pouvoir répondre à cette personne."),
        field="phone", code="phone",
    )  # fmt: skip


def says_why(reason: str) -> Verdict:
    """Who is not retained reads why. Refusal ``reason``."""
    if reason.strip():
        return YES
    return Refusal(_l("Écrivez la raison : la personne la lira."), field="reason", code="reason")


def is_not_theirs(applicant_id: int | None, actor_id: int) -> Verdict:
    """Nobody decides on their own candidacy. Refusal ``own``."""
    if applicant_id != actor_id:
        return YES
    return Refusal(_l("C’est votre candidature : une autre personne doit en décider."), code="own")


def has_room(vacant: int, invited: int) -> Verdict:
    """A seat is offered only when one is free and not offered to somebody else already. Refusal ``room``."""
    if vacant > invited:
        return YES
    return Refusal(_l("Aucun siège de cette sorte n’est libre : attendez une réponse ou un départ."), code="room")


def planned_end(start: date, months: int) -> date:
    """The day a mandate of so many months should end; the last of the month when the day does not exist."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
