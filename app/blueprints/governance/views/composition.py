"""Who sits, as a rule and as people: the rule and its versions, the seats it gives, the sitting at any date."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.governance import bodies_forms as forms
from app.blueprints.governance.functioning_words import functioning_rows
from app.blueprints.governance.rule_form import RuleForm, rule_typed
from app.blueprints.governance.sitting import Sitting, sitting_of
from app.blueprints.governance.views.room import bp
from app.domain.accounts.policies import anyone
from app.domain.councils.queries import with_draws
from app.domain.governance import queries, rules, services
from app.domain.governance.models import Body, RulebookSubject
from app.domain.governance.policies import can_compose_body, can_write_functioning, reads_names
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal
from app.domain.territories.queries import quartiers, site
from app.web.access import access, current_person
from app.web.pages import done, respond

# A rule is a page of text: nobody means to send more.
MOST_BYTES = 200_000


@bp.get("/instances/<int:body_id>/regles")
@access(anyone, subject=queries.body_by_id)
def rules_of_body(body: Body) -> Response:
    """The rule in force in plain words, what it gives, and every version."""
    versions = queries.rulebooks_of(body.id, RulebookSubject.COMPOSITION)
    rule = rules.read_rule(versions[0].content) if versions else None
    return respond(
        "governance/body_rules.html",
        body=body,
        versions=versions,
        rule=rule,
        previews=_previews(body, rule) if rule else [],
        names=_names(rule),
        functioning=functioning_rows(queries.functioning_of(body.id)),
        composes=bool(can_compose_body(current_person(), body)),
        writes_functioning=not body.is_over and bool(can_write_functioning(current_person(), body)),
    )


def _previews(body: Body, rule: rules.CompositionRule) -> list[tuple[int, list[rules.SeatCount], str]]:
    """What the rule gives for each of its formats, or for the seats there are; or why it gives nothing."""
    totals = rule.formats or tuple({len(queries.open_seats(body)) or 20})
    return [(total, *_preview(body, rule, total)) for total in totals]


def _preview(body: Body, rule: rules.CompositionRule, total: int) -> tuple[list[rules.SeatCount], str]:
    try:
        return rules.seats_of(rule, total, _populations(body)), ""
    except Refusal as refusal:
        return [], str(refusal)


def _names(rule: rules.CompositionRule | None) -> dict[tuple[str, str], str]:
    """What each kind of seat is called."""
    colleges = rule.colleges if rule else ()
    return {(one.code, kind.code): kind.name for one in colleges for kind in one.kinds}


def _populations(body: Body) -> dict[str, int]:
    """The population of each quartier of a body, by name, in the order the collectivité chose."""
    ids = {one.id for one in body.quartiers}
    held = [one for one in quartiers(body.contract_id) if one.id in ids or not ids]
    return {one.name: one.population or 0 for one in held}


@bp.route("/instances/<int:body_id>/regles/ecrire", methods=["GET", "POST"])
@access(can_compose_body, subject=queries.body_by_id)
def write_rules(body: Body) -> ResponseReturnValue:
    """Writes the next version of the rule; shows first what it gives."""
    last = queries.last_rulebook(body.id, RulebookSubject.COMPOSITION)
    form = RuleForm(rule=rules.read_rule(last.content) if last else None, more="more" in request.form)
    preview: list[Any] = []
    names: dict[tuple[str, str], str] = {}
    if form.is_submitted() and "more" not in request.form and form.validate():
        with form.refusals():
            rule = rule_typed(form)
            preview, names = _previews(body, rule), _names(rule)
            if "save" in request.form:
                services.write_composition(
                    body=body, rule=rule, in_force_on=form.in_force_on.data or clock.today(),
                    source=form.source.data or "",
                    actor=current_person(),
                )  # fmt: skip
                address = url_for("governance.rules_of_body", body_id=body.id)
                return done(address, _("La règle est écrite. Les versions d’avant restent lisibles."))
    return respond(
        "governance/body_rule_form.html", status=form.status, form=form, body=body, previews=preview, names=names
    )


@bp.get("/instances/<int:body_id>/regles.json")
@access(anyone, subject=queries.body_by_id)
def rule_file(body: Body) -> Response:
    """The rule in force as a file another platform, or this one, can read."""
    last = queries.last_rulebook(body.id, RulebookSubject.COMPOSITION)
    text = json.dumps(last.content if last else {}, ensure_ascii=False, indent=1)
    return _file(text, "application/json", f"regle-{body.id}.json")


@bp.route("/instances/<int:body_id>/regles/importer", methods=["GET", "POST"])
@access(can_compose_body, subject=queries.body_by_id)
def import_rules(body: Body) -> ResponseReturnValue:
    """Reads a rule from a file and writes it as the next version."""
    form = forms.ImportForm()
    if form.validate_on_submit():
        with form.refusals():
            rule = _read(form.file.data.read(MOST_BYTES + 1))
            services.write_composition(
                body=body, rule=rule, in_force_on=clock.today(), source=form.source.data or "", actor=current_person()
            )
            return done(url_for("governance.rules_of_body", body_id=body.id), _("La règle du fichier est écrite."))
    return respond(
        "governance/body_form.html",
        status=form.status,
        form=form,
        body=body,
        title=_("Reprendre une règle d’un fichier"),
    )


def _read(content: bytes) -> rules.CompositionRule:
    try:
        said = json.loads(content) if len(content) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        sentence = _("Ce fichier n’est pas une règle de composition. Reprenez un fichier donné par cette page.")
        raise Refusal(sentence, field="file", code="rule")
    return rules.read_rule(said)


# --- Seats --------------------------------------------------------------------------------------------------------


@bp.route("/instances/<int:body_id>/sieges", methods=["GET", "POST"])
@access(can_compose_body, subject=queries.body_by_id)
def open_seats(body: Body) -> ResponseReturnValue:
    """Opens the seats the rule gives for a total, after having shown them; closes those it no longer gives."""
    last = queries.last_rulebook(body.id, RulebookSubject.COMPOSITION)
    rule = rules.read_rule(last.content) if last else None
    seats = queries.open_seats(body)
    form = forms.SeatsForm(total=len(seats) or None)
    preview: list[Any] = []
    if rule is not None and form.validate_on_submit():
        with form.refusals():
            preview = [(form.total.data, rules.seats_of(rule, form.total.data or 0, _populations(body)), "")]
            if "save" in request.form:
                opened, closed = services.open_seats(
                    body=body, rule=rule, total=form.total.data or 0, populations=_populations(body),
                    quartiers={one.name: one.id for one in quartiers(body.contract_id)}, actor=current_person(),
                )  # fmt: skip
                told = _("Sièges ouverts : %(opened)d. Sièges fermés : %(closed)d.", opened=opened, closed=closed)
                return done(url_for("governance.members", body_id=body.id), told)
    return respond(
        "governance/body_seats.html",
        status=form.status,
        form=form,
        body=body,
        rule=rule,
        seats=seats,
        previews=preview,
        names=_names(rule),
    )


# --- Who sat ------------------------------------------------------------------------------------------------------


@bp.get("/instances/<int:body_id>/composition")
@access(anyone, subject=queries.body_by_id)
def composition(body: Body) -> Response:
    """Who sat on a day, by public names; parity and ages without pointing at anybody."""
    day = _day()
    sitting = sitting_of(queries.seats_on(body, day), day)
    reads = bool(reads_names(current_person(), body))
    genders, ages = sitting.published(1 if reads else site().small_cell_threshold)
    return respond(
        "governance/body_composition.html", body=body, sitting=sitting, reads=reads, genders=genders, ages=ages, day=day
    )


def _day() -> date:
    """The day asked for, today otherwise."""
    try:
        return date.fromisoformat(request.args.get("le", ""))
    except ValueError:
        return clock.today()


@bp.post("/instances/<int:body_id>/composition.csv")
@access(reads_names, subject=queries.body_by_id)
def export_composition(body: Body) -> Response:
    """The composition as a file: taking names leaves a trace."""
    day = _day()
    sitting = sitting_of(queries.seats_on(body, day), day)
    journal.record("exported_composition", body, actor=current_person(), day=day.isoformat(), rows=len(sitting.holders))
    return _file(_table(sitting), "text/csv; charset=utf-8", f"composition-{body.id}-{day.isoformat()}.csv")


def _table(sitting: Sitting) -> str:
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["college", "siege", "qualite", "prenom", "nom", "debut", "fin_prevue"])
    for line in sitting.lines:
        for mandate in [*line.holders, *line.alternates]:
            member = mandate.member
            names = [_plain(member.first_name), _plain(member.last_name)]
            dates = [mandate.starts_on.isoformat(), mandate.ends_on.isoformat() if mandate.ends_on else ""]
            rows.writerow([_plain(line.college), _plain(line.kind), mandate.standing.value, *names, *dates])
    return written.getvalue()


def _plain(text: str) -> str:
    """A text no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _file(text: str, media_type: str, name: str) -> Response:
    response = Response(text, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.get("/instances/<int:body_id>/constats")
@access(anyone, subject=queries.body_by_id)
def findings(body: Body) -> Response:
    """What the law and the guidance ask of this conseil, and what is known today."""
    seen = rules.findings(with_draws(queries.facts_of_council(body), body))
    shown = [one for one in seen if one.status is not rules.Status.NOT_APPLICABLE]
    groups = [(status, [one for one in shown if one.status is status]) for status in rules.Status]
    return respond("governance/body_findings.html", body=body, groups=[one for one in groups if one[1]])
