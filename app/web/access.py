"""The door of every view: load, authorise, act, answer, in that order.

``@access(policy, subject=loader)`` loads the subject from the address, asks the policy whether this person may, and
calls the view with the subject. An application with a view that lacks it does not start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import Flask
from flask_login import current_user
from werkzeug.exceptions import Forbidden

from app.domain.shared.refusals import Refusal, Verdict

Policy = Callable[..., Verdict]
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Door:
    """What guards a view: the policy asked, the loader of its subject if it has one, and whether it stores nothing."""

    policy: Policy
    subject: Callable[..., Any] | None
    only_reads: bool = False


class Refused(Forbidden):
    """A 403 that carries the refusal of the policy."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


class SignInNeeded(Refused):
    """A refusal to somebody who is not signed in: signing in may be enough."""


def current_person() -> Any:
    """The person signed in, or ``None``."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def access(
    policy: Policy, subject: Callable[..., Any] | None = None, *, only_reads: bool = False
) -> Callable[[View], View]:
    """Guards a view.

    The loader receives the parts of the address and raises ``Missing``; the view gets what it loads. ``only_reads``
    says that a form sent to this view is shown again and never stored: it does not wait for its turn to write.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**address: Any) -> Any:
            person = current_person()
            if subject is None:
                authorise(person, policy(person))
                return view(**address)
            thing = subject(**address)
            authorise(person, policy(person, thing))
            return view(thing)

        guarded.__door__ = Door(policy, subject, only_reads)  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def authorise(person: Any, verdict: Verdict) -> None:
    """Turns a policy's refusal into the right answer: sign in, or 403."""
    if isinstance(verdict, Refusal):
        raise SignInNeeded(verdict) if person is None else Refused(verdict)


def doors(app: Flask) -> dict[str, Door | None]:
    """The whole table endpoint → door, the static files apart."""
    return {
        endpoint: getattr(view, "__door__", None)
        for endpoint, view in app.view_functions.items()
        if endpoint != "static"
    }


def refuse_silent_views(app: Flask) -> None:
    """Stops the start when a view says nothing of who may use it."""
    silent = sorted(endpoint for endpoint, door in doors(app).items() if door is None)
    if silent:
        raise RuntimeError(f"These views have no @access line: {', '.join(silent)}")
