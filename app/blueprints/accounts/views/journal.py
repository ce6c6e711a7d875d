"""The journal, as the administration reads it."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.accounts.forms.staff import JournalForm
from app.blueprints.accounts.journal_facts import facts_in_words
from app.blueprints.accounts.journal_words import kind_in_words, verb_in_words
from app.blueprints.accounts.room import bp
from app.blueprints.administration import respond_within
from app.domain.accounts import queries
from app.domain.accounts.policies import is_admin
from app.web.access import access


@bp.get("/administration/journal")
@access(is_admin)
def journal() -> ResponseReturnValue:
    """Who did what, and when: public names, codes and numbers, nothing that people wrote."""
    form = read_filter()
    wanted = queries.JournalFilter()
    if form.validate():
        wanted = queries.JournalFilter(form.verb.data or "", form.kind.data or "", form.actor.data or "", form.day.data)
    page = queries.journal_page(wanted, request.args.get("page", 1, type=int))
    names = queries.pseudonyms_of(entry.actor_id for entry in page.items)
    return respond_within("accounts/journal.html", status=form.status, form=form, page=page, names=names,
        verb_in_words=verb_in_words, kind_in_words=kind_in_words, facts_in_words=facts_in_words, address=_address,
    )  # fmt: skip


def read_filter() -> JournalForm:
    """The form as the address fills it, with the words met so far."""
    form = JournalForm(formdata=request.args)
    verbs, kinds = queries.journal_words()
    form.verb.choices = [("", _("Tous les actes")), *((verb, verb_in_words(verb)) for verb in verbs)]
    form.kind.choices = [("", _("Tout")), *((kind, kind_in_words(kind)) for kind in kinds)]
    return form


def _address(number: int) -> str:
    kept: dict[str, Any] = {
        name: value for name, value in request.args.items() if name in {"verb", "kind", "actor", "day"} and value
    }
    return url_for("accounts.journal", page=number, **kept)
