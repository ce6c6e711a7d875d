"""A correction in the register: a record is never changed, another one names it."""

from __future__ import annotations

from app.cli.demo.diary import Diary
from app.cli.demo.town import Town
from app.domain.budgets.models import Edition
from app.domain.governance import queries, services
from app.domain.governance.models import RecordKind

DAY = -412
REASON = "Le délai de l’aire de jeux a été mal recopié dans la liste publiée."
CORRECTED = "Une aire de jeux pour les tout-petits : dix mois de travaux, et non six."


def plan(diary: Diary, town: Town) -> None:
    """During the vote of the closed edition, an agent corrects the list of projects."""
    diary.note(DAY, _correct, town, hour=11)


def _correct(town: Town) -> None:
    source = str(town.edition("closed").id)
    record = queries.record_of_source(Edition.__tablename__, source, RecordKind.CATALOGUE)
    if record is None:
        raise LookupError("the list of projects is not in the register")
    record = queries.record_by_number(record.number)
    services.correct_record(record=record, reason=REASON, corrected=CORRECTED, actor=town.staff("agente"))
