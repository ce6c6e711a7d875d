"""Writing an election as a Pabulib file that other programs read, and that orders or dates no ballot."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from app.domain.ballots.rules.consistency import check_rules
from app.domain.ballots.rules.counting import check_projects
from app.domain.ballots.rules.pabulib.election import Election
from app.domain.ballots.rules.pabulib.reader import WITHDRAWN_CENTS
from app.domain.ballots.rules.tally import Tally, tally
from app.domain.ballots.rules.terms import BallotType, CountingRules, Overflow, Project, Score
from app.domain.shared.canonical import canonical
from app.domain.shared.refusals import YES, Refusal, Verdict, require


def write_pabulib(election: Election) -> bytes:
    """The election as UTF-8 bytes, CRLF lines, amounts in euros; ``read_pabulib`` reads it back equal.

    Ballots are sorted by what they say and numbered after sorting, so the file keeps nothing of who voted when. Blank
    ballots, unknown to Pabulib, are only counted, in ``comment``, with our rules. Cells are quoted when they must be.
    Raises the ``Refusal`` of ``check_rules``, ``check_projects`` or ``tally``, and ``unwritable`` for an id or a text
    the format cannot carry. Source: https://pabulib.org/format; order of ballots: choix de conception (secret).
    """
    rules = election.rules
    require(check_rules(rules), check_projects(rules, election.projects))
    for project in election.projects:
        require(_check_writable(project))
    tallied = tally([project.id for project in election.projects], election.ballots.items())
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["META"])
    writer.writerow(["key", "value"])
    writer.writerows(_meta(election, tallied))
    writer.writerow(["PROJECTS"])
    writer.writerows(_projects(election, tallied))
    writer.writerow(["VOTES"])
    writer.writerows(_votes(election))
    return _encoded(text.getvalue())


def _check_writable(project: Project) -> Verdict:
    id_ = project.id
    if not id_ or id_ != id_.strip() or "," in id_ or project.cost_cents == WITHDRAWN_CENTS:
        sentence = _l("Le projet « %(id)s » ne peut pas être exporté. Changez son identifiant ou son coût.", id=id_)
        return Refusal(sentence, field="projects", code="unwritable")
    return YES


def _encoded(text: str) -> bytes:
    try:
        if "\0" not in text:
            return text.encode("utf-8")
    except UnicodeEncodeError:
        pass
    sentence = _l("Un texte contient un caractère illisible. Corrigez les noms des projets, puis recommencez.")
    raise Refusal(sentence, field="projects", code="unwritable")


def _meta(election: Election, tallied: Tally) -> Iterator[tuple[str, object]]:
    about, rules = election.about, election.rules
    yield "description", about.description
    yield "country", about.country
    yield "unit", about.unit
    yield from _present(district=about.district, subunit=about.subunit)
    yield "instance", about.instance
    yield "num_projects", len(election.projects)
    yield "num_votes", tallied.ballots - tallied.blanks
    yield "budget", _euros(rules.envelope_cents)
    yield "vote_type", _vote_type(rules)
    yield "rule", _rule(rules)
    yield "date_begin", about.date_begin
    yield "date_end", about.date_end
    yield from _form_numbers(rules)
    if rules.threshold is not None:
        yield "min_project_score_threshold", rules.threshold
    yield from _present(edition=about.edition, language=about.language, currency=about.currency)
    yield "comment", _comment(rules, tallied)


def _present(**values: str) -> Iterator[tuple[str, str]]:
    return (item for item in values.items() if item[1])


def _vote_type(rules: CountingRules) -> str:
    if rules.form.type is BallotType.POINTS:
        return "cumulative"
    one = rules.form.type is BallotType.EXACTLY and rules.form.choices_max == 1
    return "choose-1" if one else "approval"


def _rule(rules: CountingRules) -> str:
    by_points = rules.score is Score.POINTS or rules.form.type is not BallotType.POINTS
    if rules.sub_envelopes or rules.max_winners or rules.threshold_percent_of_voters or not by_points:
        return "greedy-custom"
    if rules.overflow is Overflow.STOP:
        return "greedy-no-skip"
    return "greedy-threshold" if rules.threshold else "greedy"


def _form_numbers(rules: CountingRules) -> Iterator[tuple[str, int]]:
    form = rules.form
    if _vote_type(rules) != "choose-1":
        yield "min_length", form.choices_min
        if form.choices_max is not None:
            yield "max_length", form.choices_max
    if form.points_max is not None:
        yield "max_points", form.points_max
    if form.points_min:
        yield "min_sum_points", form.points_min
    if form.points_total is not None:
        yield "max_sum_points", form.points_total


def _comment(rules: CountingRules, tallied: Tally) -> str:
    # Our rules come last: the reader takes all that follows as their JSON.
    notes = [f"blank_votes={tallied.blanks}"] if rules.form.blank_allowed else []
    notes.append(f"counting_rules={canonical(rules.to_facts())}")
    return " ".join(f"#{number}: {note}" for number, note in enumerate(notes, start=1))


def _projects(election: Election, tallied: Tally) -> Iterator[list[object]]:
    by_points = election.rules.form.type is BallotType.POINTS
    yield ["project_id", "cost", "votes", *(["score"] if by_points else []), "name", "category", "neighborhood"]
    for project in election.projects:
        score = [tallied.points[project.id]] if by_points else []
        figures = [_euros(project.cost_cents), tallied.voters[project.id], *score]
        yield [project.id, *figures, project.name, project.category or "", project.sub_envelope or ""]


def _votes(election: Election) -> Iterator[list[object]]:
    by_points = election.rules.form.type is BallotType.POINTS
    yield ["voter_id", "vote", *(["points"] if by_points else [])]
    number = 0
    for ballot, times in sorted(election.ballots.items()):
        if not ballot:
            continue
        vote = ",".join(project for project, _ in ballot)
        points = [",".join(str(given) for _, given in ballot)] if by_points else []
        for _ in range(times):
            yield [number, vote, *points]
            number += 1


def _euros(cents: int) -> str:
    return str(cents // 100) if cents % 100 == 0 else f"{cents // 100}.{cents % 100:02d}"
