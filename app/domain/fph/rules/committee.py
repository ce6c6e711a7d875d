"""How a committee decides on a file: quorum of the item, who leaves, whether the vote carries.

The séance is that of every body (``governance``): this only says what the règlement of a fund adds.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from app.domain.fph.rules.fund_rules import FundRules, HolderPresence
from app.domain.governance.rules import FunctioningRules, Quorum, Seated, quorum_of, voters
from app.domain.shared.refusals import YES, Refusal, Verdict


def functioning_of(rules: FundRules) -> FunctioningRules:
    """The quorum of the règlement as the séance engine reads it.

    Whoever steps aside leaves the quorum of the item: it is no choice of the place (droit-et-pratique §1.5).
    """
    return FunctioningRules(
        quorum=str(rules.quorum or ""),
        second_call_quorum=str(rules.second_call_quorum or ""),
        recused_leave_quorum=True,
    )


def quorum_for(rules: FundRules, seated: Iterable[Seated], call_number: int = 1) -> Quorum:
    """The quorum of an item: seats with a vote that are here, over those that did not step aside."""
    return quorum_of(functioning_of(rules), seated, call_number)


def can_decide(rules: FundRules, seated: Iterable[Seated], call_number: int = 1) -> Verdict:
    """Whether the committee may decide on an item now. Codes ``quorum``, ``nobody``."""
    held = list(seated)
    whole = quorum_for(rules, held, call_number).whole
    if not whole.reached:
        sentence = _l(
            "Le quorum n’est pas atteint sur ce dossier. Présences : %(here)d, il en faut %(needed)d.",
            here=whole.here, needed=whole.needed,
        )  # fmt: skip
        return Refusal(sentence, code="quorum")
    if not voters(held):
        return Refusal(_l("Personne ne peut voter sur ce dossier : ajournez-le."), code="nobody")
    return YES


def enough_residents(rules: FundRules, resident_voters: int) -> Verdict:
    """Whether the committee has the residents the règlement asks for. Code ``residents`` (Roubaix: seven at least)."""
    least = rules.min_resident_voters
    if least is not None and resident_voters < least:
        sentence = _l(
            "Habitantes et habitants qui votent : %(count)d. Le règlement en demande au moins %(least)d.",
            least=least, count=resident_voters,
        )  # fmt: skip
        return Refusal(sentence, code="residents")
    return YES


def can_be_heard(rules: FundRules, presence: str) -> Verdict:
    """Whether a file may be presented; ``presence`` is ``present``, ``remote`` or ``absent``. Code ``absent``.

    Source: droit-et-pratique §1.2 (Guesnain, Méricourt: the presence of the porteur is mandatory).
    """
    needed = {HolderPresence.REQUIRED: ("present",), HolderPresence.REMOTE: ("present", "remote")}.get(rules.presence)
    if needed is not None and presence not in needed:
        sentence = _l("Le règlement demande que le porteur présente son projet : ajournez le dossier s’il est absent.")
        return Refusal(sentence, field="presence", code="absent")
    return YES


def is_carried(rules: FundRules, votes_for: int, votes_against: int, chair_is_for: bool = False) -> bool:
    """More for than against; at equality the chair decides when the règlement gives it that voice."""
    return votes_for > votes_against or (votes_for == votes_against > 0 and rules.casting_vote and chair_is_for)
