"""The minutes of a count as a PDF: the frozen facts in French, ready for the template of the paper."""

from __future__ import annotations

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from app.adapters.documents import pdf
from app.blueprints.ballots.outcome import Cell, Line, Outcome, outcome_of, score_words
from app.blueprints.ballots.words import how_it_is_counted
from app.domain.ballots.models import Scrutin
from app.domain.territories.queries import site
from app.web.addresses import public_address
from app.web.i18n import beginning, ending, euros, moment


def pdf_of_minutes(scrutin: Scrutin) -> bytes:
    """The minutes of a counted vote. An official paper is in French, whatever the language of who asks for it."""
    with force_locale("fr"):
        return pdf("pv_depouillement", _facts(scrutin), scrutin.counted_at)


def _facts(scrutin: Scrutin) -> dict[str, Any]:
    outcome, place = outcome_of(scrutin), site()
    return {
        "title": _("Procès-verbal de dépouillement"),
        "subject": scrutin.title,
        "site": place.name,
        "place": place.place,
        "phone": place.phone,
        "reference": _("Scrutin n° %(id)d", id=scrutin.id),
        "address": public_address("ballots.results", scrutin_id=scrutin.id),
        "page_words": _("Page"),
        "opening": opening_words(scrutin, outcome),
        "figures": figures(outcome),
        "sections": [
            {"heading": _("Projets retenus"), **_retained(outcome)},
            {"heading": _("Projets non retenus"), **_others(outcome)},
            *([{"heading": _("Égalités"), "lines": list(outcome.ties)}] if outcome.ties else []),
            {"heading": _("Participation"), **_turnout(outcome)},
            {"heading": _("Comment le résultat a été calculé"), "lines": how_it_is_counted(scrutin.rules)},
            {"heading": _("Scellés de l’urne"), **_seals(outcome)},
        ],
        "proof_heading": _("Pour vérifier"),
        "proofs": [{"name": name, "value": value} for name, value in proofs(scrutin, outcome)],
    }


def opening_words(scrutin: Scrutin, outcome: Outcome) -> list[str]:
    """Who opened the box, and when."""
    start, end, counted = beginning(outcome.opens_at), ending(outcome.closes_at), moment(scrutin.counted_at)
    lines = [_("Le vote était ouvert du %(start)s au %(end)s.", start=start, end=end)]
    if outcome.openers:
        names = " ; ".join(outcome.openers)
        lines.append(_("L’urne a été ouverte le %(at)s par ces personnes : %(names)s.", at=counted, names=names))
    if few_words(outcome):
        lines.append(few_words(outcome))
    if scrutin.imported:
        lines.append(_("Ce vote a été lu dans le fichier %(name)s.", name=scrutin.source_name))
    return lines


def figures(outcome: Outcome) -> list[dict[str, str]]:
    """The few numbers of the head of the paper."""
    pairs = [
        (_("Bulletins dépouillés"), str(outcome.ballots)),
        (_("dont votes blancs"), str(outcome.blanks)),
        (_("Enveloppe"), euros(outcome.envelope_cents)),
        (_("Attribué"), euros(outcome.spent_cents)),
        (_("Reste"), euros(outcome.left_cents)),
    ]
    return [{"name": name, "value": value} for name, value in pairs]


def proofs(scrutin: Scrutin, outcome: Outcome) -> list[tuple[str, str]]:
    """The digests by which anybody checks the count."""
    return [
        (_("Empreinte du règlement de vote, avant l’ouverture"), outcome.announced_rules_sha256),
        (_("Empreinte des règles appliquées, graine comprise"), outcome.rules_sha256),
        (_("Graine du tirage au sort : %(source)s", source=outcome.seed_words), outcome.seed),
        (_("Empreinte du résultat"), scrutin.result_sha256 or ""),
        (_("Empreinte du programme de dépouillement"), outcome.code_sha256),
    ]


def _retained(outcome: Outcome) -> dict[str, Any]:
    headers = [_("Rang"), _("Projet"), _("Obtenu"), _("Personnes"), _("Coût")]
    rows = [
        [str(line.rank), _paid(line), score_words(line, outcome.by_points), str(line.voters), euros(line.cost_cents)]
        for line in outcome.retained
    ]
    return {"headers": headers, "rows": rows, "columns": [1, 6, 3, 2, 3], "empty": _("Aucun projet n’est retenu.")}


def _others(outcome: Outcome) -> dict[str, Any]:
    headers = [_("Projet"), _("Obtenu"), _("Coût"), _("Pourquoi")]
    rows = [
        [_named(line), score_words(line, outcome.by_points), euros(line.cost_cents), line.reason]
        for line in outcome.others
    ]
    return {"headers": headers, "rows": rows, "columns": [5, 2, 3, 5], "empty": _("Tous les projets sont retenus.")}


def _turnout(outcome: Outcome) -> dict[str, Any]:
    headers = [_("Par canal ou par quartier"), _("Personnes")]
    rows = [[cell.name, voters_words(cell)] for cell in (*outcome.channels, *outcome.quartiers)]
    lines = [hidden_words(outcome)] if hides(outcome) else []
    return {"headers": headers, "rows": rows, "columns": [6, 3], "lines": lines, "empty": _("Non connue.")}


def _seals(outcome: Outcome) -> dict[str, Any]:
    headers = [_("Scellé"), _("Personnes"), _("Bulletins"), _("Empreinte")]
    rows = [
        [str(seal["num"]), str(seal["emargements"]), str(seal["ballots"]), seal["digest"]] for seal in outcome.seals
    ]
    return {
        "headers": headers,
        "rows": rows,
        "columns": [1, 2, 2, 8],
        "empty": _("Aucun : ce vote vient d’un fichier."),
    }


def voters_words(cell: Cell) -> str:
    """A count of people, or the word for a hidden one."""
    return _("non publié") if cell.voters is None else str(cell.voters)


def hides(outcome: Outcome) -> bool:
    """Whether the turnout hides something."""
    return any(cell.voters is None for cell in (*outcome.channels, *outcome.quartiers))


def few_words(outcome: Outcome) -> str:
    """What so few ballots mean for those who cast them; empty when there are enough."""
    if outcome.ballots >= outcome.threshold:
        return ""
    return _(
        "Moins de %(threshold)d bulletins ont été dépouillés : les points publiés peuvent laisser deviner des votes. "
        "Ils le sont pour que chacun puisse vérifier le résultat ; les bulletins ne sont pas montrés un par un.",
        threshold=outcome.threshold,
    )


def hidden_words(outcome: Outcome) -> str:
    """Why some numbers are not published."""
    return _(
        "Les nombres inférieurs à %(threshold)d ne sont pas publiés, ni ceux qui permettraient de les retrouver.",
        threshold=outcome.threshold,
    )


def _named(line: Line) -> str:
    return f"{line.title} ({line.quartier})" if line.quartier else line.title


def _paid(line: Line) -> str:
    """A retained project, with the sub-envelope that pays for it."""
    return f"{_named(line)} – {line.envelope}" if line.envelope else _named(line)
