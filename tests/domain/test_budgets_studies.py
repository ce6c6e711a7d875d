"""The study of ideas: a refusal needs a reason, a yes needs a price, two agents never erase each other's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.database import db
from app.domain.accounts.models import Notice
from app.domain.budgets import queries, services
from app.domain.budgets.models import CriterionVerdict, Feasibility, StudyState
from app.domain.budgets.queries import StudyFilter
from app.domain.budgets.rules.reglement import Reserve, ReservedFor
from app.domain.budgets.rules.studies import Found, StudyDraft
from app.domain.ideas.models import IdeaState
from app.domain.shared import clock
from app.domain.territories.models import Organisation, OrganisationKind
from tests.support.refusals import assert_refused
from tests.support.town import make_contract, make_quartier
from tests.support.town_budgets import (
    WHOLE,
    close_the_call,
    conclude,
    make_agent,
    make_announced_edition,
    make_called_edition,
    make_called_idea,
    make_service,
    make_study,
    no,
    yes,
)


def in_study(agent, **values):
    """An edition in study, with one idea not yet entrusted to anybody."""
    edition = make_called_edition(agent, **values)
    idea = make_called_idea(edition)
    return close_the_call(edition, agent), idea


# --- Entrusting ---


def test_entrusting_an_idea_begins_its_study_and_tells_its_author(in_app):
    agent = make_agent()
    edition, idea = in_study(agent)
    study = make_study(edition, agent, idea)
    assert idea.state is IdeaState.IN_STUDY
    assert study.reglement.version == edition.call_version
    assert db.session.query(Notice).filter_by(person_id=idea.author_id).count() == 1


def test_an_idea_is_entrusted_again_without_a_second_study(in_app):
    agent = make_agent()
    edition, idea = in_study(agent)
    first = make_study(edition, agent, idea)
    other = make_service("Voirie")
    again = services.assign_study(edition=edition, idea=idea, service=other, agent=agent, actor=agent)
    assert again.id == first.id
    assert (again.service_id, again.version) == (other.id, 2)


def test_ideas_are_not_studied_during_the_call(in_app):
    agent = make_agent()
    edition = make_called_edition(agent)
    with assert_refused("study_closed"):
        make_study(edition, agent)


def test_an_association_studies_nothing(in_app):
    agent = make_agent()
    edition, idea = in_study(agent)
    association = Organisation(name="Les Jardins", kind=OrganisationKind.ASSOCIATION)
    db.session.add(association)
    with assert_refused("service", "service_id"):
        services.assign_study(edition=edition, idea=idea, service=association, agent=agent, actor=agent)


def test_an_idea_of_another_call_is_not_studied_here(in_app):
    agent = make_agent()
    edition, _ = in_study(agent)
    other = make_called_idea(make_called_edition(agent))
    with assert_refused("other_call"):
        make_study(edition, agent, other)


# --- Writing ---


def test_an_unfinished_study_is_kept(in_app):
    agent = make_agent()
    edition, idea = in_study(agent)
    study = make_study(edition, agent, idea)
    services.write_study(study=study, version=1, draft=StudyDraft(running_cents=0), actor=agent)
    kept = queries.study_for_update(study.id)
    assert (kept.running_cents, kept.state, kept.version) == (0, StudyState.IN_PROGRESS, 2)


def test_two_agents_at_once_do_not_erase_each_other(in_app):
    agent, colleague = make_agent(), make_agent()
    edition, idea = in_study(agent)
    study = make_study(edition, agent, idea)
    services.write_study(study=study, version=1, draft=yes(), actor=agent)
    with assert_refused("version"):
        services.write_study(study=study, version=1, draft=no(), actor=colleague)
    assert queries.study_for_update(study.id).investment_cents == 20_000_00


def test_a_criterion_that_is_not_met_always_has_its_reason(in_app):
    agent = make_agent()
    edition, idea = in_study(agent)
    study = make_study(edition, agent, idea)
    with assert_refused("criterion_reason", "reason_localisation"):
        services.write_study(study=study, version=1, draft=no(""), actor=agent)


# --- Concluding ---


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"findings": {}}, "criterion", "criterion_interet_general"),
        ({"feasibility": None}, "feasibility", "feasibility"),
        ({"feasibility": Feasibility.NO}, "reason", "reason"),
        ({"investment_cents": None}, "price", "investment_cents"),
        ({"investment_cents": 0}, "price", "investment_cents"),
        ({"investment_cents": 60_000_01}, "limits", "investment_cents"),
        ({"investment_cents": 999_99}, "limits", "investment_cents"),
        ({"running_cents": None}, "running", "running_cents"),
        ({"delay_months": None}, "delay", "delay_months"),
        ({"responsible_id": None}, "responsible", "responsible_id"),
        ({"feasibility": Feasibility.ADAPTED}, "adaptation", "adaptation"),
        ({"feasibility": Feasibility.ADAPTED, "adaptation": "Plus petit."}, "adaptation", "adaptation_agreed_on"),
        (
            {
                "feasibility": Feasibility.ADAPTED,
                "adaptation": "Plus petit.",
                "adaptation_agreed_on": clock.today() + timedelta(days=1),
            },
            "adaptation",
            "adaptation_agreed_on",
        ),
    ],
)
def test_a_study_is_not_concluded_while_something_is_missing(in_app, change, code, field):
    agent = make_agent()
    edition, idea = in_study(agent, content=replace(WHOLE, min_project_cents=1_000_00))
    study = make_study(edition, agent, idea)
    with assert_refused(code, field):
        services.conclude_study(study=study, version=1, draft=replace(yes(), **change), actor=agent)


def test_without_a_limit_per_project_the_envelope_is_the_limit(in_app):
    agent = make_agent()
    edition, idea = in_study(agent, content=replace(WHOLE, max_project_cents=None))
    study = make_study(edition, agent, idea)
    with assert_refused("limits"):
        services.conclude_study(study=study, version=1, draft=yes(100_000_01), actor=agent)


def test_a_yes_makes_a_project_at_its_price_and_tells_the_author(in_app):
    agent = make_agent()
    edition, idea = in_study(agent)
    study = conclude(edition, agent, yes(12_345_67), idea)
    project = queries.project_of_idea(idea.id)
    assert study.state is StudyState.ADMITTED
    assert (project.number, project.title, project.cost_cents) == (idea.number, idea.title, 12_345_67)
    assert (project.present_cost_cents, project.spent_cents) == (12_345_67, 0)
    last = db.session.query(Notice).filter_by(person_id=idea.author_id).order_by(Notice.id.desc()).first()
    assert "admise au vote" in last.subject


def test_a_project_of_a_quartier_competes_for_the_sub_envelope_of_its_quartier(in_app):
    agent = make_agent()
    contract = make_contract()
    quartier = make_quartier(contract)
    own = Reserve("s1", "Les Genêts", ReservedFor.QUARTIER, 30_000_00, quartier_id=quartier.id)
    edition = make_called_edition(agent, contract=contract, content=replace(WHOLE, reserves=(own,)))
    idea = make_called_idea(edition, quartiers=[quartier])
    edition = close_the_call(edition, agent)
    conclude(edition, agent, yes(), idea)
    project = queries.project_of_idea(idea.id)
    assert (project.reserve_id, project.quartier_id) == ("s1", quartier.id)


def test_a_refusal_says_which_criterion_and_why_and_makes_no_project(in_app):
    agent = make_agent()
    edition, idea = in_study(agent)
    study = conclude(edition, agent, no("Le terrain est privé."), idea)
    assert study.state is StudyState.EXCLUDED
    expected = "Critère non respecté : « Le projet se réalise sur le territoire. » Le terrain est privé."
    assert study.reason.replace("\u00a0", " ") == expected
    assert queries.project_of_idea(idea.id) is None


def test_an_infeasible_idea_is_excluded_with_its_reason(in_app):
    agent = make_agent()
    edition, idea = in_study(agent)
    draft = replace(yes(), feasibility=Feasibility.NO, reason="L’eau manque.")
    assert conclude(edition, agent, draft, idea).reason == "L’eau manque."


def test_a_criterion_without_object_excludes_nothing(in_app):
    agent = make_agent()
    edition, idea = in_study(agent)
    findings = {**yes().findings, "localisation": Found(CriterionVerdict.NOT_APPLICABLE)}
    assert conclude(edition, agent, yes(findings=findings), idea).state is StudyState.ADMITTED


def test_an_adaptation_agreed_with_the_author_is_admitted(in_app):
    agent = make_agent()
    edition, idea = in_study(agent)
    draft = yes(feasibility=Feasibility.ADAPTED, adaptation="Plus petit.", adaptation_agreed_on=clock.today())
    assert conclude(edition, agent, draft, idea).state is StudyState.ADMITTED


def test_a_concluded_study_is_reopened_then_concluded_the_other_way(in_app):
    agent = make_agent()
    edition, idea = in_study(agent)
    study = conclude(edition, agent, yes(), idea)
    with assert_refused("state"):
        services.write_study(study=study, version=study.version, draft=no(), actor=agent)
    study = services.reopen_study(study=study, actor=agent)
    assert queries.project_of_idea(idea.id) is None
    study = services.conclude_study(study=study, version=study.version, draft=no(), actor=agent)
    assert study.state is StudyState.EXCLUDED
    assert queries.project_of_study(study.id) is None


def test_nothing_of_a_study_changes_once_the_list_is_published(in_app):
    agent = make_agent()
    edition = make_announced_edition(agent)
    study = queries.concluded_studies(edition.id)[0]
    with assert_refused("study_closed"):
        services.reopen_study(study=study, actor=agent)


# --- The sheet of a project ---


def test_the_sheet_of_a_project_is_written_until_the_list_then_only_its_title_stays(in_app):
    agent = make_agent()
    edition = make_announced_edition(agent)
    project = queries.all_projects(edition.id)[0]
    services.describe_project(project=project, sheet=services.Sheet(project.title, "Six arbres."), actor=agent)
    assert queries.project_by_id(project.id).summary == "Six arbres."
    with assert_refused("promised", "title"):
        services.describe_project(project=project, sheet=services.Sheet("Autre", ""), actor=agent)
    with assert_refused("reserves", "reserve_id"):
        services.describe_project(
            project=project, sheet=services.Sheet(project.title, "", reserve_id="s9"), actor=agent
        )


# --- What waits ---


def test_each_idea_of_the_call_is_in_one_case(in_app):
    agent = make_agent()
    edition = make_called_edition(agent)
    ideas = [make_called_idea(edition) for _ in range(4)]
    make_called_idea(edition, state=IdeaState.SUBMITTED)
    make_called_idea(edition, state=IdeaState.RETURNED)
    edition = close_the_call(edition, agent)
    conclude(edition, agent, yes(), ideas[0])
    conclude(edition, agent, no(), ideas[1])
    make_study(edition, agent, ideas[2])
    counts = queries.count_call(edition)
    assert {which: counts[which] for which in StudyFilter} == {
        StudyFilter.ALL: 5,
        StudyFilter.TO_MODERATE: 1,
        StudyFilter.TO_ASSIGN: 1,
        StudyFilter.IN_PROGRESS: 1,
        StudyFilter.ADMITTED: 1,
        StudyFilter.EXCLUDED: 1,
    }
    assert queries.count_unstudied(edition) == 3
    listed = queries.ideas_of_call(edition, StudyFilter.IN_PROGRESS).items
    assert [idea.id for idea in listed] == [ideas[2].id]
    assert list(queries.studies_of(listed)) == [ideas[2].id]
