"""The rules and the result of a vote, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.domain.ballots.rules.ballot import parse_ballot
from app.domain.ballots.rules.terms import BallotForm, BallotType, CountingRules, Overflow, TieBreak
from app.web.i18n import euros


def first_sentence(text: str) -> tuple[str, str]:
    """A summary cut after its first sentence: what the card says, and what opens in place under it."""
    head, mark, rest = text.strip().partition(". ")
    return (head + ".", rest.strip()) if mark and rest.strip() else (text.strip(), "")


def how_to_vote(form: BallotForm) -> str:
    """What the voter is asked, in a sentence or two."""
    sentences = [_points_words(form) if form.type is BallotType.POINTS else _choices_words(form)]
    if form.blank_allowed:
        sentences.append(_("Vous pouvez aussi voter blanc."))
    return " ".join(sentences)


def _points_words(form: BallotForm) -> str:
    if form.points_total is None:
        words = _("Donnez des points aux projets que vous préférez.")
    else:
        words = ngettext("Vous avez %(num)d point à donner.", "Vous avez %(num)d points à partager.", form.points_total)
    if form.points_max is not None:
        words += " " + ngettext(
            "Donnez %(num)d point au plus à un même projet.", "Donnez %(num)d points au plus à un même projet.",
            form.points_max,
        )  # fmt: skip
    if form.points_min:
        words += " " + ngettext("Donnez au moins %(num)d point.", "Donnez au moins %(num)d points.", form.points_min)
    return words


def _choices_words(form: BallotForm) -> str:
    most = form.choices_max
    if most is None:
        return _("Choisissez autant de projets que vous voulez.")
    if form.type is BallotType.EXACTLY:
        return ngettext("Choisissez un projet, un seul.", "Choisissez exactement %(num)d projets.", most)
    return ngettext("Choisissez un projet.", "Choisissez jusqu’à %(num)d projets.", most)


def how_it_is_counted(rules: CountingRules) -> list[str]:
    """The counting, in sentences a resident can follow."""
    lines = [_("Les projets sont classés par le nombre de points reçus.") if rules.score == "points"
             else _("Les projets sont classés par le nombre de personnes qui les ont choisis.")]  # fmt: skip
    envelope = euros(rules.envelope_cents)
    lines += [
        _("La part « %(name)s » (%(amount)s) est attribuée d’abord, aux projets qui en relèvent : ils peuvent être "
          "retenus avant d’autres mieux placés.", name=part.label, amount=euros(part.envelope_cents))
        for part in rules.sub_envelopes
    ]  # fmt: skip
    if rules.overflow is Overflow.SKIP:
        lines.append(
            _("On descend la liste tant qu’il reste de l’argent (%(envelope)s en tout). Un projet trop cher pour ce "
              "qui reste est passé, et l’on continue avec le suivant.", envelope=envelope)
        )  # fmt: skip
    else:
        lines.append(
            _("On descend la liste (%(envelope)s en tout) et l’on s’arrête au premier projet trop cher pour ce qui "
              "reste.", envelope=envelope)
        )  # fmt: skip
    if rules.threshold:
        lines.append(_("Il faut un total d’au moins %(threshold)d pour être retenu.", threshold=rules.threshold))
    if rules.max_winners:
        lines.append(_("Nombre de projets retenus : %(number)d au plus.", number=rules.max_winners))
    chain = ", ".join(TIE_WORDS[criterion]() for criterion in rules.tie_breaks)
    lines.append(_("En cas d’égalité, on regarde dans cet ordre : %(chain)s.", chain=chain))
    return lines


TIE_WORDS = {
    TieBreak.MORE_VOTERS: lambda: _("le plus grand nombre de personnes"),
    TieBreak.LOWER_COST: lambda: _("le coût le plus bas"),
    TieBreak.DRAW: lambda: _("un tirage au sort public"),
}


def ballot_lines(content: str, titles: Mapping[str, str], points: bool) -> list[str]:
    """What a ballot says, project by project."""
    choices = parse_ballot(content)
    if not choices:
        return [_("Vote blanc")]
    named = ((titles.get(ref, ref), given) for ref, given in choices.items())
    if not points:
        return [title for title, _given in named]
    return [
        ngettext("%(title)s : %(num)d point", "%(title)s : %(num)d points", given, title=title)
        for title, given in named
    ]


def reason_words(verdict: Mapping[str, Any], titles: Mapping[str, str], tiers: Mapping[str, str]) -> str:
    """Why a project is not retained."""
    details = verdict["details"]
    return REASONS[verdict["reason"]](details, titles, tiers)


def _overflow(details: Mapping[str, Any], _titles: Mapping[str, str], tiers: Mapping[str, str]) -> str:
    cost, left = euros(details["cost_cents"]), euros(details["left_cents"])
    tier = details["tier"]
    if tier in tiers:
        return _(
            "Il coûte %(cost)s et il ne restait que %(left)s dans la part « %(tier)s ».",
            cost=cost, left=left, tier=tiers[tier],
        )  # fmt: skip
    if not details["left_cents"]:
        return _("Il coûte %(cost)s et il ne restait rien.", cost=cost)
    return _("Il coûte %(cost)s et il ne restait que %(left)s.", cost=cost, left=left)


def _below(details: Mapping[str, Any], _titles: Mapping[str, str], _tiers: Mapping[str, str]) -> str:
    if "percent" in details:
        return _(
            "Il a été choisi par %(voters)d personnes sur %(ballots)d ; il en fallait %(percent)d %%.",
            voters=details["voters"], ballots=details["ballots"], percent=details["percent"],
        )  # fmt: skip
    score, threshold = details["score"], details["threshold"]
    return _("Son total est de %(score)d ; il fallait au moins %(threshold)d.", score=score, threshold=threshold)


def _stopped(details: Mapping[str, Any], titles: Mapping[str, str], _tiers: Mapping[str, str]) -> str:
    by = titles.get(str(details["stopped_by"]), str(details["stopped_by"]))
    return _("Le choix s’est arrêté avant lui, à « %(title)s », trop cher pour ce qui restait.", title=by)


def _too_many(details: Mapping[str, Any], _titles: Mapping[str, str], _tiers: Mapping[str, str]) -> str:
    return _("Le nombre de projets à retenir (%(number)d) était atteint.", number=details["max_winners"])


def _tie_lost(details: Mapping[str, Any], titles: Mapping[str, str], _tiers: Mapping[str, str]) -> str:
    against = ", ".join(f"« {titles.get(ref, ref)} »" for ref in details["against"])
    how = TIE_WORDS[TieBreak(details["criterion"])]()
    return _("À égalité avec %(against)s, départagé par : %(how)s.", against=against, how=how)


REASONS = {
    "no_vote": lambda *_facts: _("Personne ne l’a choisi."),
    "below_threshold": _below,
    "overflow": _overflow,
    "sub_envelope": _overflow,
    "stopped": _stopped,
    "max_winners": _too_many,
    "tie_lost": _tie_lost,
}
