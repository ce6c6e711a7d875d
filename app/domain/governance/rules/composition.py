"""Who sits, as data: colleges, kinds of seats, their shares, and the exact seats these give for a total.

Every share is a fraction written as text ("3/5"), so that a rule read from a file, from a form or from the database is
the same rule and no rounding hides in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.governance.models import Recruitment
from app.domain.shared.refusals import YES, Refusal, Verdict
from app.domain.shared.shares import largest_remainder

REST = "rest"
SHARE = re.compile(r"^([1-9]\d{0,3})/([1-9]\d{0,3})$")
PER_CENT = re.compile(r"^(\d{1,3})(?:[.,](\d))? ?(?:%|pour cent)$")
COUNT = re.compile(r"^\d{1,3}$")
# Beyond, it is no longer a body but a mistake of typing; it also bounds what a file can ask of the machine.
MOST_SEATS, MOST_PARTS = 500, 30
MOST_APPEAL_DAYS, MOST_WITNESSES = 730, 20


@dataclass(frozen=True)
class SeatKind:
    """A kind of seat. ``seats`` is a share of what holds it ("2/3"), a count ("2"), or what is left ("rest")."""

    code: str
    name: str
    seats: str = REST
    recruitment: Recruitment = Recruitment.VOLUNTEER
    min_age: int | None = None
    max_age: int | None = None
    has_vote: bool = True
    # Where people come from: "liste électorale, bailleurs, volontaires".
    sources: str = ""
    # The seats of this kind are shared out between quartiers by population.
    by_population: bool = False


@dataclass(frozen=True)
class SeatGroup:
    """Kinds of seats that share a part of their college together: drawn people, of whom two are young."""

    seats: str
    kinds: tuple[SeatKind, ...]
    name: str = ""


@dataclass(frozen=True)
class CollegeRule:
    """A college: its part of the body, and the kinds of seats it holds."""

    code: str
    name: str
    seats: str = REST
    is_residents: bool = False
    # As many women as men among its titulars, to one.
    parity: bool = False
    parts: tuple[SeatGroup, ...] = ()

    @property
    def kinds(self) -> list[SeatKind]:
        """The kinds of seats, in order."""
        return [kind for part in self.parts for kind in part.kinds]


@dataclass(frozen=True)
class CompositionRule:
    """The whole rule. ``formats`` are the totals allowed; empty, any total is."""

    colleges: tuple[CollegeRule, ...] = ()
    formats: tuple[int, ...] = ()
    # Every quartier receives its share of the total, then divides it by colleges.
    by_population: bool = False
    # When shares are not whole: give one more to the largest remainders, or refuse.
    rounds: bool = False
    # For the seats that are drawn: how many days a draw may be contested, how many witnesses sign it at least.
    appeal_days: int | None = None
    witnesses: int | None = None

    @property
    def draws(self) -> bool:
        """Whether some seats are drawn by lot."""
        return any(kind.recruitment is Recruitment.DRAW for one in self.colleges for kind in one.kinds)

    def to_facts(self) -> dict[str, Any]:
        """The rule as plain data, for the database, a file, a digest."""
        facts = asdict(self)
        for college in facts["colleges"]:
            for part in college["parts"]:
                for kind in part["kinds"]:
                    kind["recruitment"] = kind["recruitment"].value
                part["kinds"] = list(part["kinds"])
            college["parts"] = list(college["parts"])
        # What a rule that draws nobody has nothing to say of is not written.
        facts = {name: said for name, said in facts.items() if said is not None}
        return {**facts, "colleges": list(facts["colleges"]), "formats": list(self.formats)}


@dataclass(frozen=True)
class SeatCount:
    """How many seats of a kind, for one quartier or (``None``) for all."""

    college: str
    kind: str
    count: int
    place: str | None = None


# --- Reading ------------------------------------------------------------------------------------------------------


def read_rule(content: Mapping[str, Any]) -> CompositionRule:
    """A rule from plain data. Refusal ``rule`` names what cannot be read."""
    try:
        rule = CompositionRule(
            colleges=tuple(_read_college(one) for one in content.get("colleges", ())),
            formats=tuple(sorted({_whole(total) for total in content.get("formats", ())})),
            by_population=bool(content.get("by_population", False)),
            rounds=bool(content.get("rounds", False)),
            appeal_days=_some(content.get("appeal_days"), MOST_APPEAL_DAYS),
            witnesses=_some(content.get("witnesses"), MOST_WITNESSES),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        sentence = _l("Ce texte n’est pas une règle de composition. Reprenez un fichier donné par cette page.")
        raise Refusal(sentence, code="rule") from None
    verdict = check_rule(rule)
    if isinstance(verdict, Refusal):
        raise verdict
    return rule


def _read_college(data: Mapping[str, Any]) -> CollegeRule:
    return CollegeRule(
        code=_text(data["code"], 40), name=_text(data["name"], 200), seats=seats_in(data.get("seats", REST)),
        is_residents=bool(data.get("is_residents", False)), parity=bool(data.get("parity", False)),
        parts=tuple(_read_part(one) for one in data.get("parts", ())),
    )  # fmt: skip


def _read_part(data: Mapping[str, Any]) -> SeatGroup:
    kinds = tuple(_read_kind(one) for one in data["kinds"])
    return SeatGroup(seats_in(data.get("seats", REST)), kinds, str(data.get("name", ""))[:80])


def _read_kind(data: Mapping[str, Any]) -> SeatKind:
    ages = {name: None if data.get(name) is None else _whole(data[name]) for name in ("min_age", "max_age")}
    return SeatKind(
        code=_text(data["code"], 40), name=_text(data["name"], 200), seats=seats_in(data.get("seats", REST)),
        recruitment=Recruitment(data.get("recruitment", "volunteer")), has_vote=bool(data.get("has_vote", True)),
        sources=str(data.get("sources", ""))[:300], by_population=bool(data.get("by_population", False)), **ages,
    )  # fmt: skip


def _text(value: object, most: int) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        raise ValueError("a name")
    return value.strip()


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_SEATS:
        raise ValueError("a whole number")
    return value


def _some(value: object, most: int) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= most:
        raise ValueError("a number of at least one")
    return value


def seats_in(text: object) -> str:
    """An amount of seats as people write it, made canonical: "60 %" and "6/10" are "3/5", nothing is the rest.

    Refusal ``share``: neither a fraction, nor a percentage, nor a whole number, nor "rest".
    """
    written = str(text or REST).strip().lower()
    if written in {REST, "reste", "le reste"}:
        return REST
    if COUNT.match(written):
        return str(int(written))
    share = _fraction(written)
    if share is None or not 0 < share <= 1:
        raise Refusal(
            _l("Écrivez une part (3/5 ou 60 pour cent), un nombre de sièges (2), ou laissez vide pour « le reste »."),
            code="share",
        )
    return f"{share.numerator}/{share.denominator}"


def _fraction(written: str) -> Fraction | None:
    match = SHARE.match(written)
    if match:
        return Fraction(int(match[1]), int(match[2]))
    match = PER_CENT.match(written)
    return Fraction(int(match[1]) * 10 + int(match[2] or 0), 1000) if match else None


def check_rule(rule: CompositionRule) -> Verdict:
    """Whether a rule can be applied: colleges with kinds of seats, codes used once, one "rest" beside others, ages.

    Refusals ``empty``, ``codes``, ``rest``, ``ages``, ``long``. Whether it gives whole seats depends on the total.
    """
    if not rule.colleges or any(not college.kinds for college in rule.colleges):
        return Refusal(
            _l("Écrivez au moins un collège, et dans chaque collège au moins une sorte de siège."), code="empty"
        )
    kinds = [kind for college in rule.colleges for kind in college.kinds]
    if len(rule.colleges) > MOST_PARTS or len(kinds) > MOST_PARTS * 2:
        return Refusal(_l("Cette règle est trop longue : trente collèges au plus."), code="long")
    codes = [college.code for college in rule.colleges], *[[kind.code for kind in c.kinds] for c in rule.colleges]
    if any(len(set(held)) != len(held) for held in codes):
        return Refusal(_l("Deux collèges, ou deux sortes de sièges d’un collège, ont le même nom."), code="codes")
    siblings = [[college.seats for college in rule.colleges]]
    siblings += [[part.seats for part in college.parts] for college in rule.colleges]
    siblings += [[kind.seats for kind in part.kinds] for college in rule.colleges for part in college.parts]
    if any(held.count(REST) > 1 for held in siblings):
        return Refusal(
            _l("« Le reste » ne peut être demandé qu’une fois au même endroit : il irait à deux."), code="rest"
        )
    if any(None not in (k.min_age, k.max_age) and (k.min_age or 0) > (k.max_age or 0) for k in kinds):
        return Refusal(_l("Un âge minimum dépasse l’âge maximum de la même sorte de siège."), code="ages")
    return YES


def with_terms(rule: CompositionRule, appeal_days: int, witnesses: int) -> CompositionRule:
    """The rule with these terms for its draws where it says none; as it is when nothing is drawn."""
    if not rule.draws:
        return rule
    return replace(rule, appeal_days=rule.appeal_days or appeal_days, witnesses=rule.witnesses or witnesses)


# --- Counting -----------------------------------------------------------------------------------------------------


def seats_of(rule: CompositionRule, total: int, populations: Mapping[str, int] | None = None) -> list[SeatCount]:
    """The exact seats of a total, college by college and kind by kind; ``populations`` are by quartier.

    Refusals: ``format`` (a total the rule does not allow), ``whole`` (a share is not whole and the rule does not
    round), ``sum`` (parts are more, or fewer, than the whole), ``population`` (needed and unknown).
    Source: contracts (Montpellier's three formats); the largest remainder is that of Rennes (droit-et-pratique §2.1).
    """
    if rule.formats and total not in rule.formats:
        raise Refusal(
            _l("La règle permet %(formats)s sièges, pas %(total)s.", formats=_listed(rule.formats), total=total),
            field="total", code="format",
        )  # fmt: skip
    if not rule.by_population:
        return _of_whole(rule, total, populations or {}, None)
    shares = seats_by_place(total, populations or {})
    return [seat for place, count in shares.items() for seat in _of_whole(rule, count, {}, place)]


def seats_by_place(total: int, populations: Mapping[str, int]) -> dict[str, int]:
    """Seats of each quartier by population, largest remainder, in the order given. Refusal ``population``."""
    if not populations or sum(populations.values()) <= 0:
        sentence = _l("La règle partage les sièges selon la population : donnez d’abord celle de chaque quartier.")
        raise Refusal(sentence, code="population")
    shared = largest_remainder(total, list(populations.values()))
    return dict(zip(populations, shared, strict=True))


def _of_whole(rule: CompositionRule, total: int, populations: Mapping[str, int], place: str | None) -> list[SeatCount]:
    found = []
    of_colleges = _divided(total, [(one.name, one.seats) for one in rule.colleges], rule.rounds)
    for college, in_college in zip(rule.colleges, of_colleges, strict=True):
        named = [(part.name or college.name, part.seats) for part in college.parts]
        for part, in_part in zip(college.parts, _divided(in_college, named, rule.rounds), strict=True):
            counts = _divided(in_part, [(kind.name, kind.seats) for kind in part.kinds], rule.rounds)
            for kind, count in zip(part.kinds, counts, strict=True):
                found += _of_kind(college, kind, count, populations, place)
    return found


def _of_kind(
    college: CollegeRule, kind: SeatKind, count: int, populations: Mapping[str, int], place: str | None
) -> list[SeatCount]:
    if not kind.by_population or place is not None:
        return [SeatCount(college.code, kind.code, count, place)]
    shared = seats_by_place(count, populations)
    return [SeatCount(college.code, kind.code, held, where) for where, held in shared.items()]


def _divided(total: int, parts: Sequence[tuple[str, str]], rounds: bool) -> list[int]:
    """Whole seats of each part; counts are given first, shares are of the whole, the rest takes what is left."""
    exact = [_exact(total, seats) for _, seats in parts]
    known = sum((share for share in exact if share is not None), Fraction(0))
    left = total - known
    if left < 0 or (left > 0 and None not in exact):
        raise Refusal(
            _l(
                "Sur %(total)s sièges, les parts en demandent %(asked)s : corrigez-les, "
                "ou écrivez « le reste » à l’une.",
                total=total, asked=_written(known),
            ), code="sum",
        )  # fmt: skip
    shares = [left if share is None else share for share in exact]
    for (name, seats), share in zip(parts, shares, strict=True):
        if share.denominator != 1 and not rounds:
            raise Refusal(
                _l(
                    "« %(name)s » recevrait %(share)s sièges sur %(total)s (%(rule)s) : ce n’est pas un nombre entier. "
                    "Changez le total, ou demandez à la règle d’arrondir.",
                    name=name, share=_written(share), total=total, rule=seats,
                ), code="whole",
            )  # fmt: skip
    return _rounded(total, [seats for _, seats in parts], shares)


def _rounded(total: int, written: Sequence[str], shares: Sequence[Fraction]) -> list[int]:
    """Counts stay what they are; what is left is shared out by the largest remainder of the exact shares."""
    counted = {place: int(seats) for place, seats in enumerate(written) if COUNT.match(seats)}
    others = [place for place in range(len(shares)) if place not in counted]
    weights = [shares[place] for place in others]
    if not sum(weights, Fraction(0)):
        return [counted.get(place, 0) for place in range(len(shares))]
    scale = lcm(*(weight.denominator for weight in weights))
    given = largest_remainder(total - sum(counted.values()), [int(weight * scale) for weight in weights])
    by_place = {**counted, **dict(zip(others, given, strict=True))}
    return [by_place[place] for place in range(len(shares))]


def _exact(total: int, seats: str) -> Fraction | None:
    if seats == REST:
        return None
    if COUNT.match(seats):
        return Fraction(int(seats))
    share = _fraction(seats)
    return None if share is None else share * total


def _written(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.2f}".replace(".", ",")


def _listed(formats: Sequence[int]) -> str:
    return ", ".join(str(total) for total in formats)
