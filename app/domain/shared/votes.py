"""The counts of a vote in words, the same wherever a vote is told."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext


def votes_in_words(*, yes: int, no: int, abstained: int, blank: int = 0) -> str:
    """For and against always; abstentions and blank ballots when there are some."""
    told = [_("%(num)d pour", num=yes), _("%(num)d contre", num=no)]
    if abstained:
        told.append(ngettext("%(num)d abstention", "%(num)d abstentions", abstained))
    if blank:
        told.append(ngettext("%(num)d blanc", "%(num)d blancs", blank))
    return ", ".join(told)
