"""The form by which the administration enters the space of a conseil."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from app.web.forms import Form, at_most, needed


class ReasonForm(Form):
    """Why one enters."""

    reason = TextAreaField(
        _l("Pourquoi entrez-vous dans cet espace ?"),
        validators=[needed(_l("Dites pourquoi vous entrez : le conseil le lira.")), at_most(500)],
    )
