"""The study of the ideas of a call: entrusted to a service, then concluded with a price or a reason."""

from __future__ import annotations

from typing import Any

from app.cli.demo.diary import Diary
from app.cli.demo.town import Town
from app.domain.budgets import queries, services
from app.domain.budgets.models import CriterionVerdict, Feasibility
from app.domain.budgets.rules.studies import Found, StudyDraft
from app.domain.budgets.services import Sheet
from app.domain.shared import clock

USUAL_SERVICE = "Vie des quartiers"
# The sub-envelope for the projects marked ``youth`` in the data files.
YOUTH = "s1"


def plan(diary: Diary, town: Town, key: str, facts: list[dict[str, Any]], first: int, last: int) -> None:
    """Each idea is entrusted in the first days, and concluded one after the other until the last."""
    for rank, idea in enumerate(facts):
        diary.note(first + rank // 4, _assign, town, key, idea, hour=14)
        day = first + 10 + (last - first - 10) * rank // len(facts)
        diary.note(day, _conclude, town, key, idea, hour=15)


def _assign(town: Town, key: str, facts: dict[str, Any]) -> None:
    agent = town.staff("agent2" if facts.get("service") == "Espaces verts" else "agente")
    services.assign_study(
        edition=town.edition(key), idea=town.idea(facts["title"]),
        service=town.service(facts.get("service", USUAL_SERVICE)), agent=agent, actor=town.staff("agente"),
    )  # fmt: skip


def _conclude(town: Town, key: str, facts: dict[str, Any]) -> None:
    edition, idea = town.edition(key), town.idea(facts["title"])
    study = queries.study_by_idea(edition.id, idea.number or 0)
    draft = _draft(town, study.reglement.rules.criteria, facts)
    study = services.conclude_study(study=study, version=study.version, draft=draft, actor=study.agent)
    project = queries.project_of_study(study.id)
    if project is not None and facts.get("youth"):
        sheet = Sheet(project.title, project.summary, YOUTH, project.quartier_id, project.photo_id)
        services.describe_project(project=project, sheet=sheet, actor=town.staff("agente"))


def _draft(town: Town, criteria: tuple[Any, ...], facts: dict[str, Any]) -> StudyDraft:
    findings = {criterion.code: Found(CriterionVerdict.MET) for criterion in criteria}
    if "refused" in facts:
        findings[facts["refused"]] = Found(CriterionVerdict.NOT_MET, facts["reason"])
        return StudyDraft(findings=findings)
    if "infeasible" in facts:
        return StudyDraft(findings=findings, feasibility=Feasibility.NO, reason=facts["infeasible"])
    adapted = facts.get("adapted", "")
    return StudyDraft(
        findings=findings,
        feasibility=Feasibility.ADAPTED if adapted else Feasibility.YES,
        adaptation=adapted,
        # The agreement was given on the telephone, while the study was being written.
        adaptation_agreed_on=clock.today() if adapted else None,
        investment_cents=facts["cost_euros"] * 100,
        running_cents=facts["running_euros"] * 100,
        delay_months=facts["months"],
        responsible_id=town.service(facts["service"]).id,
    )
