"""The table of what is asked of a conseil citoyen, and how each row is seen on what is known."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.governance.models import LegalRegime
from app.domain.governance.rules.constraints import Constraint, CouncilFacts, Finding, Level, Severity, numbers


def findings(facts: CouncilFacts) -> list[Finding]:
    """Every constraint, in the order of their codes."""
    return [constraint.seen_on(facts) for constraint in CONSTRAINTS]


# --- How each is seen ---------------------------------------------------------------------------------------------


def _every(*answers: bool | None) -> bool | None:
    """No as soon as one is no; unknown as soon as one is unknown; otherwise yes."""
    if False in answers:
        return False
    return None if None in answers else True


def _all_of(part: int | None, whole: int | None) -> bool | None:
    """Whether a count is the whole; a whole of zero asks nothing."""
    if whole == 0:
        return True
    return None if part is None or whole is None else part >= whole


def _perimeter(facts: CouncilFacts) -> bool | None:
    return _every(None if facts.quartiers is None else facts.quartiers > 0, facts.all_have_codes)


def _two_colleges(facts: CouncilFacts) -> bool | None:
    return _every(None if facts.colleges is None else facts.colleges == 2, facts.has_residents_college)


def _half_residents(facts: CouncilFacts) -> bool | None:
    if facts.residents is None or not facts.members:
        return None
    return facts.residents * 100 >= facts.members * numbers()["residents_per_cent"]


def _parity(facts: CouncilFacts) -> bool | None:
    if facts.women is None or facts.men is None or facts.undeclared is None:
        return None
    gap = abs(facts.women - facts.men)
    if gap <= numbers()["parity_gap"]:
        # Somebody who declared nothing might still break it, or not: nobody guesses.
        return True if facts.undeclared == 0 else None
    return False if facts.undeclared == 0 or gap > numbers()["parity_gap"] + facts.undeclared else None


def _size(facts: CouncilFacts) -> bool | None:
    return None if facts.members is None else numbers()["least"] <= facts.members <= numbers()["most"]


def _several_lists(facts: CouncilFacts) -> bool | None:
    return None if facts.source_lists is None else facts.source_lists >= numbers()["source_lists"]


def _checked_draw(facts: CouncilFacts) -> bool | None:
    if facts.draw_used is False:
        return True
    signed = None if facts.witnesses is None else facts.witnesses >= numbers()["witnesses"]
    return _every(facts.draw_can_be_checked, signed)


def _next_in_order(facts: CouncilFacts) -> bool | None:
    return True if facts.vacant_seats == 0 and facts.vacancies_offered_in_order is not False else (
        facts.vacancies_offered_in_order
    )  # fmt: skip


def _list_left(facts: CouncilFacts) -> bool | None:
    return None if facts.vacancies_without_alternate is None else facts.vacancies_without_alternate == 0


def _charter(facts: CouncilFacts) -> bool | None:
    if facts.has_charter:
        return None if facts.charter_signatures is None else _all_of(facts.charter_signatures, facts.members)
    if facts.has_charter is None or facts.months_since_installed is None or facts.charter_months is None:
        return None
    # Not adopted yet is not late yet.
    return False if facts.months_since_installed >= facts.charter_months else None


def _duo(facts: CouncilFacts) -> bool | None:
    if facts.started_by_duo is False:
        return True
    short = None if facts.duo_months is None else facts.duo_months <= numbers()["duo_months"]
    return None if facts.started_by_duo is None else _every(short, facts.duo_mission_letter)


def _report(facts: CouncilFacts) -> bool | None:
    days = facts.report_consultation_days
    return None if days is None else days >= numbers()["report_days"]


# --- The table ----------------------------------------------------------------------------------------------------

_A, _B = LegalRegime.LAMY_2014, LegalRegime.DECRET_2024_1037
_BLOCK, _WARN, _INFO = Severity.BLOCK, Severity.WARN, Severity.INFO
_BOTH_BLOCK, _BOTH_WARN, _BOTH_INFO = {_A: _BLOCK, _B: _BLOCK}, {_A: _WARN, _B: _WARN}, {_A: _INFO, _B: _INFO}
_LAW, _STATE, _LOCAL, _OURS = Level.LAW, Level.GUIDANCE, Level.LOCAL, Level.DESIGN
LAMY = "Loi n° 2014-173 du 21 février 2014, article 7"
FRAME = "Cadre de référence des conseils citoyens, juin 2014"
FAQ = "Foire aux questions de l’État, 2016"
CIRCULAR = "Circulaire du 2 février 2017"
DECREE = "Décret n° 2024-1037 du 15 novembre 2024"
PLATFORM = "Choix de conception"

CONSTRAINTS = (
    Constraint(
        "CC-R01",
        _LAW,
        _BOTH_BLOCK,
        _l("Le conseil a un quartier prioritaire au moins, et chacun a son code."),
        f"{LAMY} ; {CIRCULAR}",
        _perimeter,
    ),
    Constraint(
        "CC-R02",
        _LAW,
        _BOTH_WARN,
        _l("Un diagnostic des pratiques participatives a été fait avant la création."),
        LAMY,
        lambda f: f.has_diagnostic,
    ),
    Constraint(
        "CC-R03",
        _LAW,
        {_A: _BLOCK, _B: _WARN},
        _l("Il y a deux collèges : habitants, et associations et acteurs locaux."),
        LAMY,
        _two_colleges,
    ),
    Constraint(
        "CC-R04",
        _STATE,
        _BOTH_WARN,
        _l("Le collège des habitants a la moitié des sièges au moins."),
        FRAME,
        _half_residents,
    ),
    Constraint(
        "CC-R05",
        _LAW,
        _BOTH_WARN,
        _l("Il y a autant de femmes que d’hommes dans le collège des habitants, à une personne près."),
        LAMY,
        _parity,
    ),
    Constraint(
        "CC-R06",
        _STATE,
        _BOTH_INFO,
        _l("Le conseil a la taille conseillée ; plus petit, c’est un groupe moteur."),
        f"{FAQ} ; {CIRCULAR}",
        _size,
    ),
    Constraint(
        "CC-R07",
        _LAW,
        {_A: _WARN, _B: _INFO},
        _l("Les sièges des habitants à tirer au sort l’ont été, par un tirage inscrit."),
        f"{LAMY} ; {DECREE}",
        lambda f: _all_of(f.seats_drawn, f.seats_to_draw),
    ),
    Constraint(
        "CC-R08",
        _STATE,
        {_A: _WARN},
        _l("Le tirage a puisé dans plusieurs listes."),
        f"{FRAME} ; {CIRCULAR}",
        _several_lists,
    ),
    Constraint(
        "CC-R09",
        _OURS,
        _BOTH_BLOCK,
        _l("Chacun peut refaire le tirage, et des témoins ont signé son procès-verbal."),
        PLATFORM,
        _checked_draw,
    ),
    Constraint(
        "CC-R10",
        _STATE,
        _BOTH_WARN,
        _l("Chaque membre habite le périmètre, ou y agit."),
        f"{FRAME} ; {FAQ}",
        lambda f: f.all_in_perimeter,
    ),
    Constraint(
        "CC-R11",
        _STATE,
        _BOTH_BLOCK,
        _l("Aucun membre n’est élu d’un signataire, ni représentant de l’État, ni agent de la politique de la ville."),
        CIRCULAR,
        lambda f: f.all_declared_free,
    ),
    Constraint(
        "CC-R12",
        _STATE,
        _BOTH_WARN,
        _l("Aucune association membre n’a de lien direct avec une institution du contrat."),
        FRAME,
        lambda f: f.organisations_free,
    ),
    Constraint(
        "CC-R13",
        _STATE,
        _BOTH_BLOCK,
        _l("Chaque membre mineur a l’autorisation de son parent ou tuteur."),
        CIRCULAR,
        lambda f: _all_of(f.minors_authorised, f.minors),
    ),
    Constraint(
        "CC-R14",
        _STATE,
        _BOTH_WARN,
        _l("Chaque mandat a un début et une fin, comme le contrat les écrit."),
        FAQ,
        lambda f: _all_of(f.mandates_with_end, f.mandates),
    ),
    Constraint(
        "CC-R15",
        _STATE,
        {_A: _INFO, _B: _INFO},
        _l("Chaque collège a une liste de suppléance."),
        FAQ,
        lambda f: _all_of(f.colleges_with_alternates, f.colleges),
    ),
    Constraint(
        "CC-R16",
        _OURS,
        _BOTH_INFO,
        _l("Un siège vacant est proposé à qui vient ensuite sur la liste, et chaque refus est noté."),
        FAQ,
        _next_in_order,
    ),
    Constraint(
        "CC-R17",
        _STATE,
        {_A: _WARN},
        _l("Aucun siège vacant n’attend un nouveau tirage : la liste n’est pas épuisée."),
        FAQ,
        _list_left,
    ),
    Constraint(
        "CC-R18",
        _STATE,
        {_A: _WARN},
        _l("Chaque démission est écrite et datée."),
        FAQ,
        lambda f: _all_of(f.resignations_written, f.resignations),
    ),
    Constraint(
        "CC-R19",
        _LOCAL,
        _BOTH_INFO,
        _l("Personne n’est exclu sans avertissement, sans être entendu et sans vote."),
        FAQ,
        lambda f: _all_of(f.exclusions_by_procedure, f.exclusions),
    ),
    Constraint(
        "CC-R20",
        _STATE,
        _BOTH_WARN,
        _l("La charte ou le règlement intérieur est adopté à temps et signé par les membres."),
        FRAME,
        _charter,
    ),
    Constraint(
        "CC-R21",
        _LAW,
        {_A: _BLOCK, _B: _INFO},
        _l("Le préfet a pris un arrêté, après les avis du maire et de l’agglomération."),
        LAMY,
        lambda f: _every(f.has_prefect_order, f.has_both_opinions),
    ),
    Constraint(
        "CC-R22",
        _LAW,
        _BOTH_WARN,
        _l("Chaque changement de composition est suivi d’un arrêté ou d’une information aux signataires."),
        PLATFORM,
        lambda f: f.changes_notified,
    ),
    Constraint(
        "CC-R23",
        _LAW,
        _BOTH_BLOCK,
        _l("On sait qui porte le conseil : personne, son association, ou une structure liée par convention."),
        f"{LAMY} ; {FRAME}",
        lambda f: f.host_is_clear,
    ),
    Constraint(
        "CC-R24",
        _LAW,
        _BOTH_WARN,
        _l("Le conseil a une voix dans chaque instance de pilotage."),
        LAMY,
        lambda f: _all_of(f.steering_bodies_with_voice, f.steering_bodies),
    ),
    Constraint(
        "CC-R25",
        _OURS,
        _BOTH_WARN,
        _l("Habitants et institutions reçoivent convocation et documents au même moment."),
        PLATFORM,
        lambda f: f.convoked_together,
    ),
    Constraint(
        "CC-R26",
        _STATE,
        {_A: _WARN},
        _l("Le démarrage animé par l’État et la commune a duré un an au plus, avec une lettre de mission."),
        CIRCULAR,
        _duo,
    ),
    Constraint(
        "CC-R27",
        _LAW,
        _BOTH_WARN,
        _l("Le contrat écrit un lieu, des moyens et des formations."),
        f"{LAMY} ; {DECREE}",
        lambda f: f.contract_gives_means,
    ),
    Constraint(
        "CC-R28",
        _LAW,
        _BOTH_BLOCK,
        _l("Une interpellation du préfet suit son chemin, sans que personne d’autre y touche."),
        "Loi n° 2017-86 du 27 janvier 2017, article 155",
        lambda f: f.interpellation_kept,
    ),
    Constraint(
        "CC-R29",
        _OURS,
        _BOTH_BLOCK,
        _l("Les institutions n’écrivent pas dans l’espace du conseil et ne voient pas ses brouillons."),
        LAMY,
        lambda f: f.institutions_kept_out,
    ),
    Constraint(
        "CC-R30",
        _LAW,
        _BOTH_BLOCK,
        _l("Le conseil a eu un mois au moins pour donner son avis sur le rapport annuel."),
        "CGCT, article L. 1111-2 et décret n° 2015-1118",
        _report,
    ),
    Constraint(
        "CC-R31",
        _STATE,
        _BOTH_INFO,
        _l("Les membres sont bénévoles ; leurs frais sont remboursés et notés."),
        DECREE,
        lambda f: f.members_unpaid,
    ),
    Constraint(
        "CC-R32",
        _OURS,
        _BOTH_BLOCK,
        _l("Le public lit un prénom et une initiale, sauf accord ; jamais une adresse."),
        "RGPD",
        lambda f: f.public_names_only,
    ),
)
