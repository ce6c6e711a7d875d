"""A draw in words: its rule, its check, its line of life, its procès-verbal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from app.adapters.documents import pdf
from app.blueprints.councils.life import shown
from app.domain.councils.models import Draw, DrawCall, DrawState
from app.domain.councils.rules.draw.conflicts import named
from app.domain.councils.rules.draw.rule import Quota, Rule
from app.domain.councils.rules.drawing import small_cells
from app.domain.councils.services import Faults, outlook_of, rule_in
from app.domain.governance.models import Standing
from app.domain.shared.life import Step
from app.domain.shared.refusals import Refusal
from app.domain.territories.queries import site
from app.web.addresses import public_address
from app.web.i18n import moment

# The short program of the documentation, which a test runs: what the page shows is what was tried.
_PAGE = Path(__file__).resolve().parents[3] / "docs" / "tirage.md"
PROGRAM = _PAGE.read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
# The alternates printed on the procès-verbal, per seat: the whole order is in the record and on the page.
PRINTED = 5


@dataclass(frozen=True)
class Check:
    """What the lists read so far allow: sentences, and whether the draw may be announced."""

    people: int
    feasible: bool
    sentences: Sequence[str]
    small: int
    threshold: int


def check_of(draw: Draw) -> Check | None:
    """Whether the quotas hold, in sentences; nothing while no list was read."""
    if not any(one.mapped_at for one in draw.lists):
        return None
    threshold = site().small_cell_threshold
    try:
        seen, people = outlook_of(draw)
    except Faults as error:
        return Check(0, False, [str(fault) for fault in error.faults[:20]], 0, threshold)
    except Refusal as refusal:
        return Check(0, False, [str(refusal)], 0, threshold)
    sentences = [str(seen.sentence)] if seen.sentence else []
    if seen.trials:
        sentences.append(
            _(
                "Tout dépend de l’événement, qui dit qui représente chaque foyer : sur %(trials)s essais, "
                "%(failed)s échouent.",
                trials=seen.trials, failed=seen.failed,
            )
        )  # fmt: skip
    return Check(len(people), seen.feasible, sentences, small_cells(people, threshold), threshold)


def rule_in_words(rule: Rule) -> list[str]:
    """The rule, a sentence a line."""
    lines = [ngettext("%(num)s siège à pourvoir.", "%(num)s sièges à pourvoir.", rule.seats)]
    lines += [_quota(quota, rule.seats) for quota in rule.quotas]
    if rule.sources:
        lines.append(_("Les listes : %(names)s.", names=", ".join(source.name for source in rule.sources)))
    if rule.one_per_household:
        lines.append(_("Une personne au plus par adresse."))
    if rule.alternates is None:
        lines.append(_("Suppléants : tout le reste de la liste, dans l’ordre."))
    else:
        lines.append(_("Suppléants : %(count)s par siège, de même profil, dans l’ordre.", count=rule.alternates))
    return lines


def _quota(quota: Quota, seats: int) -> str:
    who = named(quota)
    if quota.low == quota.high:
        return _("Exactement %(count)s « %(who)s ».", count=quota.low, who=who)
    if quota.high >= seats:
        return _("Au moins %(count)s « %(who)s ».", count=quota.low, who=who)
    return _("De %(low)s à %(high)s « %(who)s ».", low=quota.low, high=quota.high, who=who)


def life_of_draw(draw: Draw) -> list[dict[str, Any]]:
    """The steps of a draw, for everybody."""
    if draw.state is DrawState.DROPPED:
        return shown([Step(_("Tirage abandonné"), "stopped", note=draw.drop_reason)])
    announced = Step(
        _("Règle, empreintes et événement annoncés"), "done" if draw.published_at else "now", draw.published_at
    )
    steps = [announced]
    if draw.drawn_at:
        steps.append(Step(_("Événement public"), "done", draw.event_at, note=draw.event_value))
        steps.append(
            Step(_("Tirage"), "done", draw.drawn_at, note=_("Témoins : %(names)s", names=", ".join(draw.witness_names)))
        )
    else:
        steps.append(Step(_("Événement public"), "now" if draw.published_at else "next", draw.event_at))
        steps.append(Step(_("Tirage"), "next"))
    destroyed = Step(_("Listes détruites"), "done" if draw.closed_at else "next", draw.closed_at or draw.appeal_ends_at)
    return shown([*steps, destroyed])


def call_words(call: DrawCall) -> str:
    """What a call is, in words."""
    if call.answer is not None:
        return str(call.answer.label)
    return _("À appeler")


def pdf_of_draw(draw: Draw) -> bytes:
    """The procès-verbal: rule, digests, event, seed, titulars and the first alternates, witnesses. In French."""
    with force_locale("fr"):
        record, rule, place = draw.record, rule_in(draw), site()
        facts = {
            "title": _("Procès-verbal de tirage au sort"), "subject": draw.title,
            "reference": _("Tirage n° %(number)d", number=draw.id), "site": place.name, "place": place.place,
            "phone": place.phone, "page_words": _("Page"),
            "lead": _("%(body)s. Tirage fait le %(at)s.", body=draw.body.name, at=moment(draw.drawn_at)),
            "sections": [
                _section(_("La règle"), rule_in_words(rule)),
                _section(_("L’événement public"), [
                    draw.event_words, _("Il a eu lieu le %(at)s.", at=moment(draw.event_at)),
                    _("Sa valeur : %(value)s", value=draw.event_value),
                ]),
                _section(_("Les listes"), [
                    _("%(source)s : %(count)s personnes.", source=one.source, count=one.rows_count)
                    for one in draw.lists
                ]),
                _section(_("Le tirage fait"), _reached(rule, record)),
            ],
            "digests": [
                [_("Empreinte des listes"), draw.list_sha256], [_("Empreinte de la règle"), draw.rule_sha256],
                [_("Graine"), draw.seed],
            ],
            "digests_title": _("Les empreintes"),
            "panel": {"title": _("Titulaires, dans l’ordre public"), "rows": _ranked(record["panel"])},
            "alternates": {
                "title": _("Premiers suppléants, dans l’ordre public"),
                "rows": _ranked(record["alternates"][: draw.seats * PRINTED]),
            },
            "headers": [_("Rang"), _("Identifiant dans la liste")],
            "seated": {"title": _("Titulaires qui ont accepté"), "names": _seated(draw)},
            "signatures": {"title": _("Les témoins"), "names": draw.witness_names, "words": _("Signature")},
            "address": public_address("councils.draw", draw_id=draw.id),
        }  # fmt: skip
        return pdf("draw", facts, draw.drawn_at)


def _section(heading: str, lines: Sequence[str]) -> dict[str, Any]:
    return {"heading": heading, "lines": [line for line in lines if line]}


def _reached(rule: Rule, record: dict[str, Any]) -> list[str]:
    return [
        _("« %(who)s » : %(count)s.", who=named(quota), count=reached["reached"])
        for quota, reached in zip(rule.quotas, record["quotas"], strict=True)
    ]


def _ranked(ids: Sequence[str]) -> list[list[str]]:
    return [[str(rank), id_] for rank, id_ in enumerate(ids, start=1)]


def _seated(draw: Draw) -> list[str]:
    """Public names, in alphabetical order: not beside an identifier, which would tie a person to their categories."""
    return sorted(
        call.mandate.member.public_name for call in draw.calls if call.mandate and call.standing is Standing.TITULAR
    )
