"""Five hundred people vote, eight at a time; beside, a bare Flask view that writes the same two rows."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import mean

from sqlalchemy import func, select

from app.database import db
from app.domain.ballots.models import Ballot, BallotArrival, Emargement
from benchmarks import town
from benchmarks.client import Answer, Visitor, at_once
from benchmarks.databases import Store
from benchmarks.figures import Times, at_least, figure, note, part
from benchmarks.inside import opened, session_cookie
from benchmarks.rows import settle
from benchmarks.server import SETTINGS, Served, serving
from tests.support.town_ballots import make_scrutin, project

VOTERS, WARMING, CLIENTS, PROJECTS = 500, 32, 8, 30
AIM_SHARE = 0.5
SUMMARY = "En une phrase, ce que change ce projet. Le reste se lit en ouvrant la fiche, si l’on veut en savoir plus."


class Unexpected(RuntimeError):
    """The server answered something else than a vote expects."""


@dataclass
class Voter:
    """Somebody in front of the booth: what they are asked, and how long each step took."""

    person_id: int
    scrutin_id: int
    cookies: dict[str, str]
    fields: list[tuple[str, str]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True)
class Measured:
    """Many acts: how many in a second, how long each step took, what failed, what they cost in processor."""

    rate: float
    times: dict[str, Times]
    errors: Counter[str]
    cpu: float
    client: float


def measure(store: Store) -> None:
    """The bare view, complete votes, acts alone, the bare view again: one database, the same server."""
    url = store.fresh("votes")
    with opened(url, store.folder):
        people, (complete, alone, bare) = _prepare()
    note(f"{VOTERS} voters, {CLIENTS} at a time, {PROJECTS} projects, points; {SETTINGS}, the same for the bare view.")
    note("A complete vote is four requests on one connection; an act alone and a bare insertion, one request on one.")
    more = {"SCRUTIN": str(bare)}
    with serving(url, store.folder) as server, serving(url, store.folder, "benchmarks.bare:create()", **more) as other:
        _do(other, _write_bare, _voters(other, people[:WARMING], bare))
        _do(server, _vote, _voters(server, people[:WARMING], complete))
        _do(server, _vote, _voters(server, people[:WARMING], alone))
        first, last = people[WARMING : WARMING + VOTERS], people[WARMING + VOTERS :]
        bare_rates = [_do(other, _write_bare, _voters(other, first, bare))]
        whole = _do(server, _vote, _voters(server, first, complete))
        ready = _voters(server, first, alone)
        _do(server, _until_recap, ready)
        acts = _do(server, _act_alone, ready)
        bare_rates.append(_do(other, _write_bare, _voters(other, last, bare)))
    _print(whole, acts, bare_rates)
    with opened(url, store.folder):
        _check({"complete votes": complete, "acts alone": alone, "bare view": bare})


# --- What a voter does --------------------------------------------------------------------------------------------


def _vote(server: Served, voter: Voter) -> None:
    """The booth, the recap, the act, the receipt."""
    with Visitor(server.port, voter.cookies, voter.person_id) as visitor:
        _recap(visitor, voter)
        _act(visitor, voter)
        shown = visitor.get(_path(voter, "recu"))
        _expect(shown, 200, b"receipt-code")
        voter.seconds["receipt"] = shown.seconds


def _until_recap(server: Served, voter: Voter) -> None:
    with Visitor(server.port, voter.cookies, voter.person_id) as visitor:
        _recap(visitor, voter)
        voter.cookies = visitor.cookies


def _act_alone(server: Served, voter: Voter) -> None:
    with Visitor(server.port, voter.cookies, voter.person_id) as visitor:
        _act(visitor, voter)


def _write_bare(server: Served, voter: Voter) -> None:
    with Visitor(server.port) as visitor:
        answer = visitor.post("/voter", [("person", str(voter.person_id))])
        _expect(answer, 200, b"ok")
        voter.seconds["bare"] = answer.seconds


def _recap(visitor: Visitor, voter: Voter) -> None:
    booth = visitor.get(_path(voter, "voter"))
    _expect(booth, 200, b"data-booth")
    chosen = random.Random(voter.person_id).sample(range(1, PROJECTS + 1), 3)
    points = [(f"points-{ref}", str(given)) for ref, given in zip(chosen, (3, 3, 1), strict=True)]
    recap = visitor.post(_path(voter, "voter"), [*booth.form(_path(voter, "voter")), *points])
    _expect(recap, 200, _path(voter, "deposer").encode())
    voter.seconds.update(booth=booth.seconds, recap=recap.seconds)
    voter.fields = recap.form(_path(voter, "deposer"))


def _act(visitor: Visitor, voter: Voter) -> None:
    answer = visitor.post(_path(voter, "deposer"), voter.fields)
    _expect(answer, 303)
    voter.seconds["act"] = answer.seconds


def _path(voter: Voter, last: str) -> str:
    return f"/scrutins/{voter.scrutin_id}/{last}"


def _expect(answer: Answer, status: int, words: bytes = b"") -> None:
    if answer.status != status or words not in answer.body:
        raise Unexpected(f"{answer.status} instead of {status}")


# --- Many voters --------------------------------------------------------------------------------------------------


def _do(server: Served, act: Callable[[Served, Voter], None], voters: list[Voter]) -> Measured:
    def one(voter: Voter) -> None:
        voter.seconds.clear()
        try:
            act(server, voter)
        except (OSError, Unexpected) as error:
            voter.error = f"{type(error).__name__}: {error}"

    used = server.cpu()
    run = at_once(one, voters, CLIENTS)
    done = [voter for voter in voters if not voter.error]
    steps = list(done[0].seconds) if done else []
    times = {step: Times([voter.seconds[step] for voter in done]) for step in steps}
    errors = Counter(voter.error for voter in voters if voter.error)
    return Measured(len(done) / run.seconds, times, errors, (server.cpu() - used) / len(voters), run.client)


def _voters(server: Served, people: list[int], scrutin_id: int) -> list[Voter]:
    return [
        Voter(person, scrutin_id, {"agora": session_cookie(server.secret, f"session-{person}")}) for person in people
    ]


def _prepare() -> tuple[list[int], list[int]]:
    """People whose sessions are open already, and three votes on the same projects. Commits."""
    number = WARMING + 2 * VOTERS
    town.build_people(number)
    for person in range(1, number + 1):
        town.sign_in(person)
    projects = [
        project(str(ref), f"Projet {ref} du quartier", 5_000 * ref, "Les Genêts", summary=SUMMARY)
        for ref in range(1, PROJECTS + 1)
    ]
    scrutins = [make_scrutin(projects=projects).id for _ in range(3)]
    settle()
    return list(range(1, number + 1)), scrutins


# --- Figures ------------------------------------------------------------------------------------------------------


def _print(whole: Measured, acts: Measured, bare: list[Measured]) -> None:
    rate = mean(measured.rate for measured in bare)
    part("complete votes: booth, recap, act, receipt")
    figure("complete votes in a second", whole.rate)
    figure("  that is, requests in a second", whole.rate * len(whole.times))
    for step, times in whole.times.items():
        note(f"  {step:<10} median {times.median * 1000:6.1f} ms   p95 {times.p95 * 1000:6.1f} ms")
    figure("  processor of the server, for one vote", whole.cpu * 1000, "ms")
    _print_rest(whole)
    part("the act alone (boxes already filled and read again)")
    figure("acts in a second", acts.rate)
    figure("  p95", acts.times["act"].p95 * 1000, "ms")
    figure("  processor of the server, for one act", acts.cpu * 1000, "ms")
    _print_rest(acts)
    part("a bare Flask view that inserts and commits the same two rows")
    figure("insertions in a second (before, then after the votes)", rate)
    note("  " + "   ".join(f"{measured.rate:.0f}/s" for measured in bare))
    figure("  p95", max(measured.times["bare"].p95 for measured in bare) * 1000, "ms")
    figure("  processor of the server, for one insertion", mean(measured.cpu for measured in bare) * 1000, "ms")
    for measured in bare:
        _print_rest(measured)
    part("beside each other")
    at_least("the act alone / the bare view", acts.rate / rate, "", AIM_SHARE)
    cpu = mean(measured.cpu for measured in bare)
    at_least("  the same by processor (what a busy machine disturbs less)", cpu / acts.cpu, "", AIM_SHARE)
    at_least("requests of complete votes / the bare view", whole.rate * len(whole.times) / rate, "", AIM_SHARE)
    at_least("complete votes (four requests) / the bare view (one)", whole.rate / rate, "", AIM_SHARE)


def _print_rest(measured: Measured) -> None:
    figure("  errors", sum(measured.errors.values()))
    for error, number in measured.errors.most_common(3):
        note(f"    {number} × {error}")
    figure("  the client used, of one core", measured.client)


def _check(scrutins: dict[str, int]) -> None:
    part("afterwards")
    for name, scrutin_id in scrutins.items():
        people = db.session.scalar(select(func.count()).where(Emargement.scrutin_id == scrutin_id)) or 0
        landed = db.session.scalar(select(func.count()).where(BallotArrival.scrutin_id == scrutin_id)) or 0
        moved = db.session.scalar(select(func.count()).where(Ballot.scrutin_id == scrutin_id)) or 0
        same = "as many" if people == landed + moved else "NOT AS MANY"
        note(f"{name}: {people} emargements, {landed + moved} ballots: {same}")
