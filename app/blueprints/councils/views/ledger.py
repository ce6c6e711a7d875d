"""The account of a grant: everybody reads the summary; the conseil and the agents write and read each line."""

from __future__ import annotations

import csv
import io
from collections import defaultdict

from flask import Response, make_response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.councils.forms import CorrectLineForm, LineForm
from app.blueprints.councils.views.room import bp
from app.domain.accounts.policies import anyone
from app.domain.councils import queries, services
from app.domain.councils.models import CouncilGrant, CouncilLedgerLine
from app.domain.councils.policies import can_keep_ledger, can_read_ledger
from app.domain.shared.money import plain_euros
from app.web.access import access, current_person
from app.web.pages import done, respond


def _page(grant_id: int) -> str:
    return url_for("councils.account", grant_id=grant_id)


@bp.get("/subventions/<int:grant_id>")
@access(anyone, subject=queries.grant_by_id)
def account(grant: CouncilGrant) -> Response:
    """What a conseil received and spent in a year; line by line for those who keep it."""
    spent: dict[str, int] = defaultdict(int)
    for line in grant.lines:
        if line.category is not None:
            spent[str(line.category.label)] -= line.cents
    person = current_person()
    return respond(
        "councils/account.html",
        grant=grant,
        spent=sorted(spent.items()),
        corrected={line.corrects_id for line in grant.lines},
        reads=bool(can_read_ledger(person, grant)),
        keeps=bool(can_keep_ledger(person, grant)),
    )


@bp.get("/subventions/<int:grant_id>/compte.csv")
@access(can_read_ledger, subject=queries.grant_by_id)
def account_csv(grant: CouncilGrant) -> Response:
    """The lines of an account as a table to take away, amounts in euros."""
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";", lineterminator="\r\n")
    rows.writerow(["date", "nature", "categorie", "libelle", "montant_euros"])
    for line in grant.lines:
        category = line.category.value if line.category else ""
        rows.writerow(
            [line.happened_on.isoformat(), line.kind.value, category, _plain(line.label), _signed(line.cents)]
        )
    # The mark tells spreadsheets that the accents are UTF-8.
    response = make_response("\ufeff" + written.getvalue())
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="compte-{grant.body_id}-{grant.year}.csv"'
    return response


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _signed(cents: int) -> str:
    return f"-{plain_euros(-cents)}" if cents < 0 else plain_euros(cents)


@bp.route("/subventions/<int:grant_id>/ecrire", methods=["GET", "POST"])
@access(can_keep_ledger, subject=queries.grant_by_id)
def write_line(grant: CouncilGrant) -> ResponseReturnValue:
    """Writes a movement of money."""
    form = LineForm()
    if form.validate_on_submit():
        with form.refusals():
            services.write_line(grant=grant, movement=form.movement(), actor=current_person())
            return done(_page(grant.id), _("La ligne est écrite."))
    return respond("councils/write_line.html", status=form.status, form=form, grant=grant)


@bp.route("/subventions/lignes/<int:line_id>/corriger", methods=["GET", "POST"])
@access(can_keep_ledger, subject=queries.line_by_id)
def correct_line(line: CouncilLedgerLine) -> ResponseReturnValue:
    """Undoes a wrong line by another."""
    form = CorrectLineForm()
    if form.validate_on_submit():
        with form.refusals():
            services.correct_line(line=line, reason=form.reason.data or "", actor=current_person())
            return done(_page(line.grant_id), _("La ligne est corrigée : les deux restent écrites."))
    return respond("councils/correct_line.html", status=form.status, form=form, line=line)
