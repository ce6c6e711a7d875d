"""The papers of a conseil as PDF: an avis one hands out, a letter one posts. In French, whoever asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from app.adapters.documents import pdf
from app.blueprints.councils.life import lateness_in_words, vote_in_words
from app.domain.councils.models import Avis, Interpellation
from app.domain.territories.queries import site
from app.web.addresses import public_address
from app.web.i18n import day, moment


def pdf_of_avis(avis: Avis) -> bytes:
    """The avis, its vote, the view of the minority and, when there are some, the answers."""
    with force_locale("fr"):
        facts = {
            **_head(_("Avis"), avis.subject, _("Avis n° %(number)d", number=avis.id)),
            "from": avis.body.name,
            "to": _("À : %(body)s", body=avis.addressed.name) if avis.addressed else "",
            "date": _dated(avis.sent_at),
            "sections": _sections_of_avis(avis),
            "closing": [],
            "signature": "",
            "address": public_address("councils.avis", avis_id=avis.id) if avis.is_public else "",
        }
        return pdf("voice", facts, avis.sent_at or avis.created_at)


def _sections_of_avis(avis: Avis) -> list[dict[str, Any]]:
    sections = [_section(_("Pourquoi cet avis"), avis.context)]
    sections += [
        _section(_("Demande %(number)d", number=item.position), item.text, _answer(item)) for item in avis.items
    ]
    if avis.adopted_on:
        voted = _("Avis adopté le %(day)s : %(vote)s", day=day(avis.adopted_on), vote=vote_in_words(avis))
        sections.append(_section(_("Le vote du conseil"), voted))
    sections.append(_section(_("L’avis de la minorité"), avis.minority_view))
    if avis.answered_at:
        given = _("Chaque demande a reçu sa réponse le %(day)s.", day=day(avis.answered_at))
        sections.append(_section(_("La réponse"), given, lateness_in_words(avis)))
    elif avis.answer_due_on:
        due = _("La réponse à chaque demande est attendue pour le %(day)s.", day=day(avis.answer_due_on))
        sections.append(_section(_("La réponse attendue"), due, lateness_in_words(avis)))
    return [section for section in sections if section["lines"]]


def _answer(item: Any) -> str:
    if item.answer is None:
        return ""
    return _("Réponse : %(answer)s. %(reason)s", answer=item.answer.label, reason=item.reason).strip()


def pdf_of_interpellation(interpellation: Interpellation) -> bytes:
    """The letter to the préfet, ready to be signed."""
    with force_locale("fr"):
        body, quartier = interpellation.body, interpellation.quartier
        where = _("La difficulté se pose dans le quartier %(name)s.", name=quartier.name) if quartier else ""
        voted = ""
        if interpellation.adopted_on:
            voted = _(
                "Texte adopté le %(day)s : %(vote)s",
                day=day(interpellation.adopted_on), vote=vote_in_words(interpellation),
            )  # fmt: skip
        sections = [
            _section(_("La difficulté rencontrée"), where, interpellation.difficulty),
            _section(_("Ce qui le montre"), interpellation.evidence),
            _section(_("Ce que nous souhaitons"), interpellation.wish),
            _section(_("Le vote du conseil"), voted),
            _section(_("L’avis de la minorité"), interpellation.minority_view),
        ]
        reference = _("Interpellation n° %(number)d", number=interpellation.id)
        facts = {
            **_head(_("Interpellation du préfet"), interpellation.subject, reference),
            "from": body.name,
            "to": _("À l’attention de Madame ou Monsieur le préfet"),
            "date": _date_of(interpellation),
            "sections": [section for section in sections if section["lines"]],
            "closing": [
                _("La loi du 27 janvier 2017 permet à un conseil citoyen de vous saisir de cette difficulté."),
                _("Nous vous demandons d’en accuser réception et de nous faire connaître votre réponse."),
            ],
            "signature": _("Pour « %(body)s », nom et signature :", body=body.name),
            "address": _public(interpellation),
        }
        return pdf("voice", facts, interpellation.sent_at or interpellation.created_at)


def _date_of(interpellation: Interpellation) -> str:
    """The letter is printed, signed, then posted: adopted, its date is written by hand."""
    if interpellation.sent_at:
        return _("Le %(day)s", day=day(interpellation.sent_at))
    return _("Le …………………………………") if interpellation.adopted_on else _("Projet, pas encore adopté")


def _public(interpellation: Interpellation) -> str:
    if not interpellation.is_public:
        return ""
    return public_address("councils.interpellation", interpellation_id=interpellation.id)


def _head(title: str, subject: str, reference: str) -> dict[str, Any]:
    place = site()
    return {
        "title": title, "subject": subject, "reference": reference, "site": place.name, "place": place.place,
        "phone": place.phone, "page_words": _("Page"),
    }  # fmt: skip


def _section(heading: str, *texts: str) -> dict[str, Any]:
    """The paragraphs of a section: each line typed is one."""
    return {"heading": heading, "lines": [line for text in texts for line in text.splitlines() if line.strip()]}


def _dated(at: datetime | None) -> str:
    return _("Envoyé le %(at)s", at=moment(at)) if at else _("Pas encore envoyé")
