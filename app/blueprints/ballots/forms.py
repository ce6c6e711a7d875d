"""The forms of a vote. What a voter fills in is read here and kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, StringField

from app.domain.ballots.models import Scrutin
from app.domain.ballots.rules.terms import BallotType
from app.domain.shared.refusals import Refusal
from app.web.forms import Form, at_most, needed

POINTS = "points-"
CHOICES = "choices"


class BoothForm(Form):
    """The booth: the projects are read by ``TypedBallot``; here, the blank vote and the token of the receipt."""

    blank = BooleanField(_l("Je vote blanc : je ne choisis aucun projet"))
    # A name the typed text of an expired session leaves out: it is no text of the voter.
    receipt_code = HiddenField()


class VerifyForm(Form):
    """The code of a receipt, as printed."""

    code = StringField(
        _l("Quel est le code de votre reçu ?"),
        validators=[needed(_l("Recopiez le code imprimé sur votre reçu.")), at_most(80)],
    )


class OpenForm(Form):
    """Opening the count; ``seed`` is the public text of the draw, if one was announced."""

    seed = StringField(_l("Une graine de tirage au sort a-t-elle été annoncée ?"), validators=[at_most(200)])


@dataclass(frozen=True)
class TypedBallot:
    """A ballot as it was typed: nothing is lost of it when it is refused."""

    points: Mapping[str, str]
    chosen: tuple[str, ...]
    blank: bool

    @classmethod
    def read(cls, form: MultiDict[str, str]) -> TypedBallot:
        """What the form says, project by project."""
        points = {name.removeprefix(POINTS): value for name, value in form.items() if name.startswith(POINTS)}
        return cls(points, tuple(form.getlist(CHOICES)), bool(form.get("blank")))

    def choices(self, scrutin: Scrutin) -> dict[str, int]:
        """Project → points, zeros left out.

        Refusals: ``points_invalid`` for what is no whole number, ``nothing_chosen``, ``blank_and_choices``; whether
        the rest may be cast is for ``check_ballot``.
        """
        form = scrutin.rules.form
        choices = self._points() if form.type is BallotType.POINTS else dict.fromkeys(self.chosen, 1)
        if self.blank and choices:
            sentence = _l(
                "Vous avez choisi des projets et coché le vote blanc. Gardez vos projets, ou votez blanc, pas les deux."
            )
            raise Refusal(sentence, field="blank", code="blank_and_choices")
        if not choices and form.blank_allowed and not self.blank:
            sentence = _l("Vous n’avez rien choisi. Choisissez au moins un projet, ou cochez le vote blanc.")
            raise Refusal(sentence, code="nothing_chosen")
        return choices

    def left(self, scrutin: Scrutin) -> int | None:
        """What is still to be given, points or projects; ``None`` when the règlement sets no total."""
        form = scrutin.rules.form
        if form.type is not BallotType.POINTS:
            return None if form.choices_max is None else form.choices_max - len(set(self.chosen))
        try:
            return None if form.points_total is None else form.points_total - sum(self._points().values())
        except Refusal:
            return form.points_total

    def fields(self) -> list[tuple[str, str]]:
        """The same, as fields to send again."""
        fields = [(POINTS + ref, value) for ref, value in self.points.items() if value.strip() not in {"", "0"}]
        fields += [(CHOICES, ref) for ref in self.chosen]
        return [*fields, ("blank", "y")] if self.blank else fields

    def _points(self) -> dict[str, int]:
        choices = {}
        for ref, text in self.points.items():
            typed = text.strip() or "0"
            # Ten digits at most: a longer number is no number of points, and takes time to read.
            if not (typed.isascii() and typed.isdigit() and len(typed) <= 10):
                sentence = _l("Écrivez un nombre entier de points pour chaque projet, par exemple 2.")
                raise Refusal(sentence, code="points_invalid")
            if int(typed):
                choices[ref] = int(typed)
        return choices
