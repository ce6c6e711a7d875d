"""The people who walk through the demonstration town, and what they do there so that every page exists."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import timedelta

from flask_babel import force_locale

from app.database import db
from app.domain.accounts.models import Link, Person
from app.domain.accounts.queries import age_brackets, person_by_identifier
from app.domain.ballots.queries import scrutins_to_count
from app.domain.ballots.services import open_count
from app.domain.budgets import queries, services
from app.domain.budgets.models import CriterionVerdict, Edition, EditionState, Feasibility, Study
from app.domain.budgets.rules.reglement import Reserve, ReservedFor
from app.domain.budgets.rules.studies import Found, StudyDraft
from app.domain.councils.models import Avis, AvisState, Draw, Interpellation, InterpellationState
from app.domain.governance.models import Body, BodyState
from app.domain.processes.models import Degree
from app.domain.processes.services import Description
from app.domain.shared import clock
from app.domain.territories.models import Organisation
from app.domain.territories.queries import contracts, organisations, quartiers
from app.web.application import Agora
from tests.support.crawl import Walk, walk
from tests.support.web import Web

# By then the vote is closed and the call too.
A_MONTH = timedelta(days=26)
# By then the public event of the draw that was announced is over.
A_WEEK = timedelta(days=6)


@dataclass(frozen=True)
class Visitor:
    """Somebody who walks: what they do first gives the addresses to begin with; ``later`` moves the clock."""

    name: str
    address: str | None
    begin: Callable[[Agora, Web], list[str]]
    later: timedelta = timedelta(0)
    # The endpoints to read, by their beginning: what the same person has not read already.
    only: tuple[str, ...] = ("",)

    def at_their_time(self) -> AbstractContextManager[None]:
        """The clock as it is when they walk."""
        return clock.shifted(self.later)

    def walk(self, app: Agora) -> tuple[Web, Walk]:
        """Does what they do first, then follows every link. To be called at their time."""
        web = Web(app)
        if self.address is not None:
            web.sign_in(person(app, self.address))
        return web, walk(app, web, self.begin(app, web), self.only)

    def __str__(self) -> str:
        return self.name


def person(app: Agora, address: str) -> Person:
    """An account of the demonstration."""
    with app.app_context():
        found = person_by_identifier(address)
        assert found is not None, address
        return found


# --- What each does first -------------------------------------------------------------------------------------------


def _look_around(app: Agora, web: Web) -> list[str]:
    """Asks for an account and for a new password; the letters are read in the box of the demonstration."""
    with app.app_context():
        bracket, quartier = age_brackets()[-1], quartiers()[0]
    asked = web.get("/inscription").submit(
        "Créer mon compte", email="nouvelle@exemple.test", password="quatre mots à moi seule", pseudonym="Nouvelle",
        link=Link.LIVES.value, quartier=str(quartier.id), age_bracket=str(bracket.id), charter="y",
    )  # fmt: skip
    assert asked.path == "/courrier-envoye", asked.errors
    web.get("/mot-de-passe").submit("Recevoir le lien", email="habitante@demo.test")
    return ["/", "/courrier-envoye", "/courriels", "/composants", "/sante", "/projets/1"]


def _live(_app: Agora, _web: Web) -> list[str]:
    return ["/"]


def _vote(_app: Agora, web: Web) -> list[str]:
    """The animator votes, like anybody called by the règlement, and keeps the receipt."""
    recap = web.get("/scrutins/2/voter").submit("Relire mon bulletin", blank="y")
    receipt = recap.submit("Déposer mon bulletin")
    # Somebody has come early to the next séance, and may sign on the tablet.
    tablet = web.get("/seances/7/tablette")
    tablet.submit(str(tablet.soup.select_one("main ul button").get_text(strip=True)))  # type: ignore[union-attr]
    return ["/", receipt.path]


def _prepare(app: Agora, _web: Web) -> list[str]:
    """An agent has begun to prepare the edition after the next."""
    agent = person(app, "agente@demo.test")
    with app.app_context(), force_locale("fr"):
        description = Description(
            title="Budget participatif d’après", object="Choisir ensemble.", degree=Degree.CODECISION
        )
        edition = services.create_edition(
            contract_id=contracts()[0].id, description=description, quartiers=(), actor=agent
        )
        services.amend(edition=edition, change=lambda content: replace(content, envelope_cents=100_000_00), actor=agent)
        reserve = Reserve("", "Les écoles", ReservedFor.PUBLIC, 20_000_00)
        services.write_reserve(edition=edition, reserve=reserve, actor=agent)
        db.session.commit()
        return ["/", f"/budgets-participatifs/{edition.id}/pilotage"]


def _close_and_study(app: Agora, _web: Web) -> list[str]:
    """A month later the call is closed, two ideas are studied, one of them is admitted; the box waits to be opened."""
    agent = person(app, "agente@demo.test")
    with app.app_context(), force_locale("fr"):
        edition = _edition(EditionState.CALL)
        services.close_call(edition=edition, actor=agent)
        service = next(one for one in organisations() if one.name == "Espaces verts")
        first, second = queries.ideas_of_call(edition, queries.StudyFilter.TO_ASSIGN).items[:2]
        services.assign_study(edition=edition, idea=first, service=service, agent=agent, actor=agent)
        study = services.assign_study(edition=edition, idea=second, service=service, agent=agent, actor=agent)
        services.conclude_study(study=study, version=study.version, draft=_yes(study, service), actor=agent)
        db.session.commit()
        vote = _edition(EditionState.VOTE)
        return ["/", *(f"/budgets-participatifs/{one.id}/pilotage" for one in (edition, vote))]


def _count_and_announce(app: Agora, _web: Web) -> list[str]:
    """Two agents have counted, and the results are announced: the realisation may begin."""
    agents = [person(app, f"{name}@demo.test") for name in ("agente", "agent2")]
    with app.app_context(), force_locale("fr"):
        edition = _edition(EditionState.VOTE)
        [scrutin] = scrutins_to_count()
        for agent in agents:
            open_count(scrutin_id=scrutin.id, actor=agent)
        services.announce_results(edition=edition, actor=agents[0])
        db.session.commit()
        return [f"/budgets-participatifs/{edition.id}/pilotage"]


def _begin_works(app: Agora, web: Web) -> list[str]:
    """The conseil municipal has confirmed the results: no work of the edition has begun."""
    _count_and_announce(app, web)
    agent = person(app, "agente@demo.test")
    with app.app_context(), force_locale("fr"):
        edition = _edition(EditionState.COUNTED)
        services.begin_realisation(
            edition=edition, confirmed_by="Conseil municipal", confirmed_on=clock.today(), actor=agent,
        )  # fmt: skip
        db.session.commit()
        return [f"/budgets-participatifs/{edition.id}/realisation"]


def _yes(study: Study, service: Organisation) -> StudyDraft:
    """Every criterion met, and a price."""
    return StudyDraft(
        findings={one.code: Found(CriterionVerdict.MET) for one in study.reglement.rules.criteria},
        feasibility=Feasibility.YES, investment_cents=12_000_00, running_cents=0, delay_months=6,
        responsible_id=service.id,
    )  # fmt: skip


def _edition(state: EditionState) -> Edition:
    query = db.select(Edition.id).where(Edition.state == state)
    return queries.edition_by_id(db.session.scalars(query).one())


def _administer(_app: Agora, web: Web) -> list[str]:
    """The administrator looks for somebody: reading people is an act, so no link does it."""
    found = web.get("/administration/personnes").submit("Chercher", terms="Bruno")
    return ["/", found.follow("Bruno").path]


def _sit(app: Agora, _web: Web) -> list[str]:
    """Who presides over a conseil: what it has written and not sent, its space, its séances."""
    with app.app_context():
        drafts = [
            f"/{pages}/{number}"
            for pages, table, states in (
                ("avis", Avis, (AvisState.DRAFT, AvisState.ADOPTED)),
                ("interpellations", Interpellation, (InterpellationState.DRAFT, InterpellationState.ADOPTED)),
            )
            for number in db.session.scalars(db.select(table.id).where(table.state.in_(states)))
        ]
    return ["/", *drafts, "/mon-calendrier"]


def _draw_lots(app: Agora, _web: Web) -> list[str]:
    """An agent whose conseils are being composed: a draw in preparation, one whose event is over, one being called.

    The names of a conseil that lives are behind a page of their own, to which those of its members send.
    """
    independent = db.select(Body.id).where(Body.is_independent, Body.state == BodyState.ACTIVE)
    with app.app_context():
        draws = [f"/tirages/{draw_id}" for draw_id in db.session.scalars(db.select(Draw.id).order_by(Draw.id.desc()))]
        return [*draws, *(f"/instances/{body_id}/membres/lire" for body_id in db.session.scalars(independent))]


VISITORS = (
    Visitor("visitor", None, _look_around),
    Visitor("resident", "habitante@demo.test", _live),
    Visitor("animator", "animateur@demo.test", _vote),
    Visitor("agent", "agente@demo.test", _prepare),
    Visitor("agent, when the call is closed", "agente@demo.test", _close_and_study, A_MONTH, ("budgets", "ballots")),
    Visitor(
        "agent, when the vote is counted", "agente@demo.test", _count_and_announce, A_MONTH, ("budgets", "ballots")
    ),
    Visitor("administrator", "admin@demo.test", _administer),
    Visitor("agent, when the works begin", "agente@demo.test", _begin_works, A_MONTH, ("budgets",)),
    Visitor("agent of the conseils", "agente@demo.test", _draw_lots, A_WEEK, ("councils", "governance")),
    Visitor("second animator", "animateur2@demo.test", _live, only=("councils", "governance")),
    Visitor("member of a conseil", "conseillere@demo.test", _sit, only=("councils", "governance", "accounts")),
)
