"""Names of an independent conseil are read by institutions after they said why; the conseil reads it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.governance import queries
from app.domain.governance.models import Body, Mandate, Seat
from app.domain.governance.policies import reads_names
from app.domain.governance.queries import Membership
from app.web.access import current_person

Page = Callable[[Any], ResponseReturnValue]


def names_first(view: Page) -> Page:
    """Asks why before a page that shows whole names. An act sent after the time has passed is done all the same: it
    has its own line in the journal, and only its refusal would show the page again."""

    @wraps(view)
    def asked(subject: Body | Seat | Mandate | Membership) -> ResponseReturnValue:
        body = queries.body_by_id(_body_id(subject))
        if reads_names(current_person(), body):
            return view(subject)
        if request.method == "POST":
            answer = make_response(view(subject))
            if answer.status_code < HTTPStatus.BAD_REQUEST:
                return answer
        return redirect(url_for("governance.read_names", body_id=body.id, suite=request.full_path.rstrip("?")), 303)

    return asked


def _body_id(subject: Body | Seat | Mandate | Membership) -> int:
    if isinstance(subject, Body):
        return subject.id
    if isinstance(subject, Membership):
        return subject.body.id
    return subject.body_id if isinstance(subject, Seat) else subject.seat.body_id
