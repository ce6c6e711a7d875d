"""The register: its list, a record and what proves it, and its correction."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.governance.facts import readable
from app.blueprints.governance.forms import CorrectionForm, SearchForm
from app.blueprints.governance.sources import source_of
from app.blueprints.governance.views.room import bp
from app.domain.accounts.policies import anyone
from app.domain.governance import queries, services
from app.domain.governance.models import GovernanceRecord, RecordKind
from app.domain.governance.policies import can_correct
from app.domain.governance.queries import Wanted
from app.web.access import access, current_person
from app.web.addresses import asked_number
from app.web.pages import done, respond


@bp.get("/registre")
@access(anyone)
def register() -> Response:
    """The records, the newest first; filters and search have addresses."""
    form = SearchForm(request.args)
    wanted = Wanted(form.q.data or "", _kind(request.args.get("nature")), asked_number("annee"))
    page = queries.records(wanted, request.args.get("page", 1, type=int))
    return respond(
        "governance/register.html",
        form=form,
        wanted=wanted,
        page=page,
        filters=_filters(wanted),
        page_address=lambda number: _address(wanted, page=number),
        clear_address=url_for("governance.register"),
    )


@bp.get("/registre/<number>")
@access(anyone, subject=queries.record_by_number)
def record(record: GovernanceRecord) -> Response:
    """A record, what it says, and how to check that nobody changed it."""
    before, after = queries.neighbours(record)
    return respond(
        "governance/record.html",
        record=record,
        facts=readable(json.loads(record.facts)),
        source=source_of(record),
        before=before,
        after=after,
        sealed=queries.sealed_of(record),
        may_correct=_may_correct(record),
    )


def _may_correct(record: GovernanceRecord) -> bool:
    person = current_person()
    if person is None or record.corrected_by is not None:
        return False
    return bool(can_correct(person, queries.record_to_correct(record.number)))


@bp.get("/registre/<number>.json")
@access(anyone, subject=queries.record_by_number)
def facts(record: GovernanceRecord) -> Response:
    """The facts, byte for byte as they were digested."""
    return _download(record.facts, f"registre-{record.number}.json")


@bp.get("/registre/<number>/sceau.json")
@access(anyone, subject=queries.record_by_number)
def seal(record: GovernanceRecord) -> Response:
    """What the seal covers, byte for byte: the digest of this file is the seal."""
    return _download(queries.sealed_of(record).text, f"registre-{record.number}-sceau.json")


@bp.route("/registre/<number>/corriger", methods=["GET", "POST"])
@access(can_correct, subject=queries.record_to_correct)
def correct(record: GovernanceRecord) -> ResponseReturnValue:
    """Files a correction: another record that names this one."""
    form = CorrectionForm()
    if form.validate_on_submit():
        with form.refusals():
            correction = services.correct_record(
                record=record,
                reason=form.reason.data or "",
                corrected=form.corrected.data or "",
                actor=current_person(),
            )
            message = _("La correction est inscrite sous le numéro %(number)s.", number=correction.number)
            return done(url_for("governance.record", number=correction.number), message)
    return respond("governance/correct.html", status=form.status, form=form, record=record)


def _download(text: str, name: str) -> Response:
    response = Response(text, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _kind(code: str | None) -> RecordKind | None:
    return next((kind for kind in RecordKind if kind.value == code), None)


def _filters(wanted: Wanted) -> list[tuple[str, list[dict[str, Any]]]]:
    """The links of each filter, with what they would show in the whole register."""
    kinds, years = queries.kinds_and_years()
    by_kind = [{"label": _("Toutes"), "href": _address(wanted, nature=None), "current": wanted.kind is None}]
    for kind, count in kinds:
        href = _address(wanted, nature=kind.value)
        by_kind.append({"label": kind.label, "href": href, "current": wanted.kind is kind, "count": count})
    by_year = [{"label": _("Toutes"), "href": _address(wanted, annee=None), "current": wanted.year is None}]
    for year, count in years:
        href = _address(wanted, annee=year)
        by_year.append({"label": str(year), "href": href, "current": wanted.year == year, "count": count})
    return [(_("Nature"), by_kind), (_("Année"), by_year)]


def _address(wanted: Wanted, **changes: Any) -> str:
    """The address of the same search with one thing changed."""
    kept = {
        "q": wanted.words or None,
        "nature": wanted.kind.value if wanted.kind else None,
        "annee": wanted.year,
        **changes,
    }
    return url_for("governance.register", **kept)
