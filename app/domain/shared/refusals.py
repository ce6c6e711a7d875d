"""The one word for no: policies and rules return a verdict, services raise it.

A verdict is either ``YES`` or a ``Refusal``. The same refusal hides the button, fills the form's error (422) and
explains the 403 or the 409, so its sentence is written once, for the person who reads it.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias


class Missing(LookupError):
    """What was asked for does not exist, or is not for the eyes of this person: the web answers 404."""


class Yes:
    """The verdict that lets through. There is one instance, ``YES``."""

    def __bool__(self) -> Literal[True]:
        return True

    def __repr__(self) -> str:
        return "YES"


YES: Final = Yes()


class Refusal(Exception):
    """A no, with a sentence a resident can read: what is the matter and what to do.

    ``sentence`` may be a lazy translation. ``field`` names the form field concerned, if there is one. ``code`` is a
    stable word for programs and tests. ``line`` is the line of an imported file, counted from 1. ``also`` are the
    refusals of other fields found at the same time: a form says everything at once.
    """

    def __init__(
        self,
        sentence: object,
        field: str | None = None,
        code: str = "refused",
        line: int | None = None,
        also: tuple[Refusal, ...] = (),
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.code = code
        self.line = line
        self.also = also

    def __bool__(self) -> Literal[False]:
        return False

    def __str__(self) -> str:
        return str(self.sentence)


Verdict: TypeAlias = Yes | Refusal


def require(*verdicts: Verdict) -> None:
    """Raises the first refusal among the verdicts, with those of other fields; says nothing when all are yes."""
    verdict = first_refusal(*verdicts)
    if isinstance(verdict, Refusal):
        raise verdict


def first_refusal(*verdicts: Verdict) -> Verdict:
    """The first refusal among the verdicts, with those of other fields, or ``YES``: several conditions read as one."""
    found = [one for verdict in verdicts if isinstance(verdict, Refusal) for one in (verdict, *verdict.also)]
    if not found:
        return YES
    first = found[0]
    others: dict[str | None, Refusal] = {}
    for one in found[1:]:
        if one.field not in {None, first.field}:
            others.setdefault(one.field, one)
    if tuple(others.values()) == first.also:
        return first
    return Refusal(first.sentence, first.field, first.code, first.line, tuple(others.values()))
