"""How a body meets and decides, as its own rulebook says it: quorum, second call, proxies, delays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from app.domain.governance.models import Presence, Standing
from app.domain.shared import clock
from app.domain.shared.refusals import YES, Refusal, Verdict

PROPOSERS: Final = ("members", "leaders")
NO_RULES = _l(
    "Cette instance n’a pas encore écrit comment elle se réunit : quorum, pouvoirs, délais. "
    "Écrivez-le sur la page de ses règles."
)


@dataclass(frozen=True)
class FunctioningRules:
    """What a rulebook of functioning says. Fractions are written "1/2"; an empty one asks for nothing.

    ``notice_days`` before the séance for its convocation; ``minutes_days`` after it for its minutes;
    ``propose_until_days`` before it for proposing items; ``seance_minutes`` a usual length; ``answer_days`` for
    answering an avis it receives. Source: droit-et-pratique §4.1; each figure belongs to the place.
    """

    quorum: str = ""
    college_quorums: Mapping[str, str] = field(default_factory=dict)
    proxies_count: bool = True
    second_call_quorum: str = ""
    second_call_days: int | None = None
    proxies_per_person: int = 0
    notice_days: int | None = None
    minutes_days: int | None = None
    proposers: str = "members"
    propose_until_days: int | None = None
    seance_minutes: int | None = None
    # How long signatures drawn on the tablet are kept, in days; without it nobody is asked to draw one.
    signature_days: int | None = None
    recused_leave_quorum: bool = True
    named_votes: bool = False
    answer_days: int | None = None

    def to_facts(self) -> dict[str, Any]:
        """The same as a rulebook keeps it."""
        return {**asdict(self), "college_quorums": dict(self.college_quorums)}

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> FunctioningRules:
        """Reads a rulebook; what it does not say asks for nothing."""
        known = {name: facts[name] for name in cls.__dataclass_fields__ if name in facts}
        return cls(**known)


def fraction(text: str) -> Fraction | None:
    """A part written "1/2" or "0,5" or "50 %"; ``None`` when empty. Raises ``Refusal`` (code ``fraction``)."""
    written = text.replace(" ", "").replace(",", ".").replace("\u202f", "").replace("\u00a0", "")
    if not written:
        return None
    try:
        part = Fraction(written[:-1]) / 100 if written.endswith("%") else Fraction(written)
    except (ValueError, ZeroDivisionError):
        part = Fraction(-1)
    if not 0 < part <= 1:
        raise Refusal(_l("Écrivez une part, par exemple 1/2 ou 1/3."), code="fraction")
    return part


@dataclass(frozen=True)
class Seated:
    """One mandate as a quorum sees it: its seat, its college, its voice, where it is, who speaks for it."""

    mandate_id: int
    seat_id: int
    college: str
    has_vote: bool
    standing: Standing
    presence: Presence | None = None
    proxy_to: int | None = None
    recused: bool = False


@dataclass(frozen=True)
class Count:
    """How many seats with a vote are filled, how many are here, how many are needed."""

    college: str
    seats: int
    here: int
    needed: int

    @property
    def reached(self) -> bool:
        return self.here >= self.needed


@dataclass(frozen=True)
class Quorum:
    """Whether a séance may decide: the whole, then each college that has its own condition."""

    whole: Count
    colleges: tuple[Count, ...] = ()

    @property
    def reached(self) -> bool:
        return self.whole.reached and all(count.reached for count in self.colleges)


def quorum_of(rules: FunctioningRules, seated: Iterable[Seated], call_number: int = 1) -> Quorum:
    """Counts the seats with a vote that are here, against what the rulebook asks at this call.

    A seat is here by its titular, by an alternate, or (when proxies count) by somebody present who speaks for it. An
    empty seat is not counted. Somebody who steps aside leaves both numbers when the rulebook says so.
    """
    held = list(seated)
    first = call_number == 1
    whole = fraction(rules.quorum if first else rules.second_call_quorum)
    colleges = rules.college_quorums if first else {}
    counts = tuple(
        _count(rules, [one for one in held if one.college == code], held, code, fraction(part))
        for code, part in sorted(colleges.items())
        if part
    )
    return Quorum(_count(rules, held, held, "", whole), counts)


def _count(
    rules: FunctioningRules, held: list[Seated], everybody: list[Seated], college: str, part: Fraction | None
) -> Count:
    counted = [one for one in held if one.has_vote and not (one.recused and rules.recused_leave_quorum)]
    seats = {one.seat_id for one in counted}
    here = {one.seat_id for one in counted if is_here(one) or (rules.proxies_count and spoken_for(one, everybody))}
    needed = 0 if part is None else -(-part.numerator * len(seats) // part.denominator)
    return Count(college, len(seats), len(here), needed)


def is_here(one: Seated) -> bool:
    """Whether this mandate is in the room."""
    return one.presence is Presence.PRESENT


def spoken_for(one: Seated, everybody: Iterable[Seated]) -> bool:
    """Whether somebody in the room, who has not stepped aside, speaks for this mandate."""
    if one.presence is not Presence.REPRESENTED:
        return False
    return any(other.mandate_id == one.proxy_to and is_here(other) and not other.recused for other in everybody)


def voices(seated: Iterable[Seated]) -> int:
    """How many voices may be cast: one per seat with a vote that is here or spoken for, those who step aside apart."""
    return len(voters(seated))


def voters(seated: Iterable[Seated]) -> tuple[int, ...]:
    """The mandates that may vote now, one per seat: somebody here comes before somebody who is spoken for."""
    held = list(seated)
    able = [one for one in held if one.has_vote and not one.recused and (is_here(one) or spoken_for(one, held))]
    chosen: dict[int, Seated] = {}
    for one in able:
        other = chosen.get(one.seat_id)
        if other is None or _goes_before(one, other):
            chosen[one.seat_id] = one
    return tuple(one.mandate_id for one in chosen.values())


def _goes_before(one: Seated, other: Seated) -> bool:
    """Somebody here before somebody away, then the titular before the alternate."""
    return (not is_here(one), one.standing is not Standing.TITULAR) < (
        not is_here(other), other.standing is not Standing.TITULAR
    )  # fmt: skip


def can_count_votes(cast: int, possible: int) -> Verdict:
    """Nobody votes twice: counts never pass the voices in the room. Code ``votes``. Choix de conception."""
    if cast > possible:
        sentence = _l(
            "Vous comptez %(cast)d voix, mais %(possible)d seulement pouvaient voter. Vérifiez les présences et les "
            "nombres.",
            cast=cast,
            possible=possible,
        )
        return Refusal(sentence, field="votes_for", code="votes")
    return YES


def can_vote_by_name(mandate_ids: Iterable[int], able: Iterable[int]) -> Verdict:
    """Only those who have a voice now are noted. Code ``voters``."""
    if set(mandate_ids) <= set(able):
        return YES
    sentence = _l("Une des personnes notées ne peut pas voter sur ce sujet. Vérifiez les présences et les retraits.")
    return Refusal(sentence, field="vote_kind", code="voters")


def can_give_proxy(rules: FunctioningRules | None, giver: Seated, holder: Seated, seated: Iterable[Seated]) -> Verdict:
    """A proxy goes to another voting member, who gave none and holds fewer than the rulebook allows.

    Codes ``rules``, ``self``, ``vote``, ``chain``, ``proxies``.
    """
    held = list(seated)
    if rules is None:
        return Refusal(NO_RULES, code="rules")
    if giver.mandate_id == holder.mandate_id or giver.seat_id == holder.seat_id:
        return Refusal(_l("Choisissez une autre personne que celle qui s’absente."), field="proxy_to", code="self")
    if not giver.has_vote or not holder.has_vote:
        return Refusal(_l("Un pouvoir se donne entre membres qui ont une voix."), field="proxy_to", code="vote")
    speaks_elsewhere = any(one.proxy_to == giver.mandate_id for one in held)
    if holder.presence in (Presence.REPRESENTED, Presence.EXCUSED, Presence.ABSENT) or speaks_elsewhere:
        sentence = _l(
            "Cette personne ne sera pas là, ou porte déjà un pouvoir : le pouvoir ne peut pas passer par elle."
        )
        return Refusal(sentence, field="proxy_to", code="chain")
    carried = sum(one.proxy_to == holder.mandate_id and one.mandate_id != giver.mandate_id for one in held)
    if carried >= rules.proxies_per_person:
        sentence = _l(
            "Le règlement de l’instance limite à %(count)d le nombre de pouvoirs par personne.",
            count=rules.proxies_per_person,
        )
        return Refusal(sentence, field="proxy_to", code="proxies")
    return YES


def can_be_signed(rules: FunctioningRules | None, presence: Presence | None) -> Verdict:
    """A presence is signed where the rulebook says how long signatures are kept. Codes ``rules``, ``here``.

    Source: RGPD art. 5 (a delay for each datum, nothing that is not needed).
    """
    if rules is None or not rules.signature_days:
        return Refusal(_l("Cette instance ne demande pas de signature dessinée : la présence notée suffit."),
                       code="rules")  # fmt: skip
    if presence is not Presence.PRESENT:
        return Refusal(_l("Touchez d’abord votre nom : on signe une fois sa présence notée."), code="here")
    return YES


def can_propose(rules: FunctioningRules | None, leads: bool, starts_at: datetime) -> Verdict:
    """Who may propose an item, and until when. Codes ``rules``, ``proposers``, ``late``."""
    if leads:
        return YES
    if rules is None:
        return Refusal(NO_RULES, code="rules")
    if rules.proposers == "leaders":
        return Refusal(_l("Dans cette instance, l’ordre du jour est préparé par celles et ceux qui l’animent."),
                       code="proposers")  # fmt: skip
    limit = starts_at - timedelta(days=rules.propose_until_days or 0)
    if clock.now() > limit:
        sentence = _l("On pouvait proposer un sujet jusqu’au %(day)s. Proposez-le pour la séance suivante.",
                      day=clock.day_in_words(clock.in_paris(limit)))  # fmt: skip
        return Refusal(sentence, code="late")
    return YES


def convene_before(rules: FunctioningRules | None, starts_at: datetime) -> date | None:
    """The last day for the convocation, if the rulebook gives one."""
    if rules is None or rules.notice_days is None:
        return None
    return clock.in_paris(starts_at - timedelta(days=rules.notice_days)).date()


def far_enough(first: datetime, second: datetime, rules: FunctioningRules) -> Verdict:
    """A second call leaves the days the rulebook asks. Refusal on ``starts_at``, code ``early``."""
    days = rules.second_call_days or 0
    if second < first + timedelta(days=days):
        sentence = lazy_ngettext(
            "Le règlement demande au moins %(num)d jour avant la seconde convocation.",
            "Le règlement demande au moins %(num)d jours avant la seconde convocation.", days,
        )  # fmt: skip
        return Refusal(sentence, field="starts_at", code="early")
    return YES


# A model to start from. Its figures are demonstration values: each body writes its own.
PROPOSAL: Final = FunctioningRules(
    quorum="1/2", second_call_quorum="1/3", second_call_days=15, proxies_per_person=1, notice_days=15, minutes_days=30,
    propose_until_days=7, seance_minutes=120,
)  # fmt: skip
