"""The form of a vote, the same for an avis and for an interpellation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange

from app.domain.councils.rules.voting import Vote
from app.domain.governance.models import Seance
from app.domain.shared import clock
from app.web.forms import Form, at_most, choice, needed
from app.web.i18n import day

# More than any conseil counts: a slip of the finger is caught.
MOST_VOTES = 500


def _votes(label: Any) -> IntegerField:
    sentence = _l("Écrivez un nombre de voix entre 0 et 500.")
    return IntegerField(label, default=0, validators=[InputRequired(sentence), NumberRange(0, MOST_VOTES, sentence)])


class VoteForm(Form):
    """How the conseil voted."""

    seance = SelectField(_l("À quelle séance ?"))
    adopted_on = DateField(_l("Quel jour a-t-on voté ?"), validators=[needed(_l("Donnez le jour du vote."))])
    votes_for = _votes(_l("Voix pour"))
    votes_against = _votes(_l("Voix contre"))
    votes_abstained = _votes(_l("Abstentions"))
    quorum = StringField(
        _l("Combien de membres étaient là, et combien en fallait-il ?"),
        validators=[needed(_l("Dites combien de membres étaient là et combien il en fallait.")), at_most(300)],
    )
    minority_view = TextAreaField(
        _l("Que pensent celles et ceux qui n’ont pas voté pour ?"), validators=[at_most(4000)]
    )

    @classmethod
    def of(cls, seances: Sequence[Seance]) -> VoteForm:
        """The form, with the séances that may have voted."""
        form = cls()
        held = [choice(seance.id, f"{seance.title}, {day(seance.starts_at)}") for seance in seances]
        form.seance.choices = [choice("", _l("Hors séance")), *held]
        if not form.is_submitted() and seances:
            form.seance.data = str(seances[0].id)
            form.adopted_on.data = clock.in_paris(seances[0].starts_at).date()
        return form

    def vote(self) -> Vote:
        """What was typed, as the domain takes it."""
        # The form was read: its day is there.
        adopted_on: date = self.adopted_on.data  # type: ignore[assignment]
        return Vote(
            votes_for=self.votes_for.data or 0, votes_against=self.votes_against.data or 0,
            votes_abstained=self.votes_abstained.data or 0, adopted_on=adopted_on,
            quorum=self.quorum.data or "", minority_view=self.minority_view.data or "",
            seance_id=int(self.seance.data) if self.seance.data else None,
        )  # fmt: skip
