"""Reading a rule: every fault is one sentence, and a rule with a fault is no rule."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.domain.councils.rules.draw.rule import ALL, RESERVED, SOURCE, Band, Criterion, Quota, Rule, Source
from app.domain.shared.canonical import digest
from app.domain.shared.refusals import Refusal
from app.domain.shared.written import read_json

KEYS: Final = {"seats", "criteria", "quotas", "sources", "columns", "one_per_household", "alternates", "title"}
CRITERION_KEYS: Final = {"categories", "values", "bands", "from", "on"}
AGES_FROM: Final = ("age", "birth_year", "birth_date")


def read_rule(content: bytes) -> tuple[Rule | None, list[Refusal]]:
    """The rule of a JSON file and no fault, or no rule and a ``Refusal`` per fault (code ``rule``)."""
    try:
        facts = read_json(content)
    except ValueError as error:
        where = "" if isinstance(error, UnicodeDecodeError) else f" ({error})"
        return None, [fault("json", _l("ce n’est pas du JSON en UTF-8%(where)s.", where=where))]
    return rule_of(facts)


def rule_of(facts: object) -> tuple[Rule | None, list[Refusal]]:
    """The same, from the parsed JSON."""
    reader = _Reader()
    if not isinstance(facts, dict):
        return None, [fault("rule", _l("écrivez un objet JSON."))]
    try:
        digest(facts)
    except (TypeError, UnicodeEncodeError):
        return None, [fault("rule", _l("les nombres sont entiers, et chaque texte est lisible."))]
    rule = reader.rule(facts)
    return (None, reader.faults) if reader.faults else (rule, [])


def fault(key: str, what: object) -> Refusal:
    """The sentence of a faulty rule: which key, what to do."""
    return Refusal(_l("Règle, champ « %(field)s » : %(what)s", field=key, what=what), field=key, code="rule")


def is_plain(text: object) -> bool:
    """Whether a text can stand in the published list: short, one line, trimmed, no semicolon, no quote."""
    return (
        isinstance(text, str)
        and 0 < len(text) <= 200
        and text == text.strip() == unicodedata.normalize("NFC", text)
        and not any(char in text for char in ';"')
        # Spaces other than the plain one are not printable for Python: they are looked at one by one.
        and (text.isprintable() or not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in text))
    )


class _Reader:
    """Collects the faults of a rule while it is read."""

    def __init__(self) -> None:
        self.faults: list[Refusal] = []

    def refuse(self, key: str, what: object) -> None:
        self.faults.append(fault(key, what))

    def rule(self, facts: Mapping[str, Any]) -> Rule:
        self.known(facts, KEYS, "")
        seats = self.number(facts, "seats", 1)
        criteria = self.criteria(self.mapping(facts, "criteria"))
        sources, source_quotas = self.sources(facts.get("sources", []))
        known = {criterion.name: criterion.categories for criterion in criteria}
        if sources:
            known[SOURCE] = tuple(source.name for source in sources)
        quotas = [*self.quotas(facts.get("quotas", []), known, seats), *source_quotas]
        if len({quota.of for quota in quotas}) < len(quotas):
            self.refuse("quotas", _l("le même quota est écrit deux fois. Gardez-en un."))
        columns = self.columns(facts.get("columns", {}), "columns", known)
        for source in sources:
            self.columns(source.columns, "sources", known)
        household = facts.get("one_per_household", False)
        if not isinstance(household, bool):
            self.refuse("one_per_household", _l("écrivez true ou false."))
        alternates = facts.get("alternates", ALL)
        if alternates != ALL and (not _is_whole(alternates) or alternates < 0):
            self.refuse("alternates", _l("écrivez « all » ou un nombre de suppléants par siège."))
        return Rule(
            facts, seats, criteria, tuple(quotas), sources, columns, household is True,
            None if alternates == ALL else alternates,
        )  # fmt: skip

    # --- The parts --------------------------------------------------------------------------------------------------

    def criteria(self, found: Mapping[str, Any]) -> tuple[Criterion, ...]:
        criteria = []
        for name, value in sorted(found.items()):
            key = f"criteria.{name}"
            if not is_plain(name) or name in RESERVED:
                self.refuse(key, _l("ce nom de critère n’est pas permis. Choisissez-en un autre."))
            parts = {"categories": value} if isinstance(value, list) else value
            if not isinstance(parts, dict):
                self.refuse(key, _l("écrivez la liste des catégories, ou un objet."))
                continue
            self.known(parts, CRITERION_KEYS, key)
            criteria.append(self.ages(name, parts, key) if "bands" in parts else self.criterion(name, parts, key))
        return tuple(criteria)

    def criterion(self, name: str, parts: Mapping[str, Any], key: str) -> Criterion:
        categories, words = parts.get("categories"), parts.get("values", {})
        if not isinstance(categories, list) or not categories:
            self.refuse(key, _l("écrivez au moins une catégorie."))
            categories = []
        self.names(categories, key)
        if not isinstance(words, dict) or any(word not in categories for word in words.values()):
            self.refuse(f"{key}.values", _l("chaque mot des listes donne une catégorie du critère."))
            words = {}
        return Criterion(name, tuple(map(str, categories)), words)

    def ages(self, name: str, parts: Mapping[str, Any], key: str) -> Criterion:
        bands = []
        for value in parts["bands"] if isinstance(parts["bands"], list) else []:
            value = value if isinstance(value, dict) else {}
            self.known(value, {"name", "from", "to"}, f"{key}.bands")
            low, high = value.get("from"), value.get("to")
            if any(end is not None and (not _is_whole(end) or end < 0) for end in (low, high)):
                self.refuse(f"{key}.bands", _l("les âges sont des nombres entiers d’années."))
                continue
            bands.append(Band(value.get("name", ""), low, high))
        self.names([band.name for band in bands], f"{key}.bands")
        # 150 years: every age a list can hold is looked at, so that two bands never share one.
        if not bands or any(sum(band.holds(age) for band in bands) > 1 for age in range(151)):
            self.refuse(f"{key}.bands", _l("écrivez des tranches d’âge qui ne se recouvrent pas."))
        age_from = parts.get("from", "age")
        if age_from not in AGES_FROM:
            self.refuse(f"{key}.from", _l("écrivez « age », « birth_year » ou « birth_date »."))
        on = _day(parts.get("on"))
        if on is None and age_from != "age":
            self.refuse(f"{key}.on", _l("écrivez le jour où l’âge est compté, par exemple « 2026-11-21 »."))
        return Criterion(name, tuple(str(band.name) for band in bands), {}, tuple(bands), age_from, on)

    def sources(self, found: object) -> tuple[tuple[Source, ...], list[Quota]]:
        sources, quotas = [], []
        for value in found if isinstance(found, list) else [None]:
            if not isinstance(value, dict) or not isinstance(value.get("columns", {}), dict):
                self.refuse("sources", _l("écrivez une liste d’objets « name », « seats », « file », « columns »."))
                continue
            self.known(value, {"name", "seats", "file", "columns"}, "sources")
            name = value.get("name", "")
            sources.append(Source(str(name), str(value.get("file", "")), value.get("columns", {})))
            if "seats" in value:
                seats = self.number(value, "seats", 0, "sources.seats")
                quotas.append(Quota(((SOURCE, str(name)),), seats, seats))
        self.names([source.name for source in sources], "sources")
        return tuple(sources), quotas

    def quotas(self, found: object, known: Mapping[str, tuple[str, ...]], seats: int) -> list[Quota]:
        quotas = []
        for number, value in enumerate(found if isinstance(found, list) else [None], start=1):
            key = f"quotas[{number}]"
            of = value.get("of") if isinstance(value, dict) else None
            if not isinstance(value, dict) or not isinstance(of, dict) or not of:
                self.refuse(key, _l("écrivez un objet « of », « min », « max »."))
                continue
            self.known(value, {"of", "min", "max"}, key)
            for name, category in of.items():
                if category not in known.get(name, ()):
                    self.refuse(key, _l("« %(n)s : %(c)s » n’est pas une catégorie de la règle.", n=name, c=category))
            low = self.number({"min": 0, **value}, "min", 0, f"{key}.min")
            high = self.number({"max": max(seats, low), **value}, "max", 0, f"{key}.max")
            if low > high:
                self.refuse(key, _l("le minimum dépasse le maximum."))
            quotas.append(Quota(tuple(sorted((str(name), str(word)) for name, word in of.items())), low, high))
        return quotas

    def columns(self, found: object, key: str, known: Mapping[str, object]) -> Mapping[str, str]:
        if not isinstance(found, dict) or not all(isinstance(name, str) and name for name in found.values()):
            self.refuse(key, _l("écrivez le nom de la colonne de chaque critère."))
            return {}
        self.known(found, {*known, *RESERVED}, key)
        return found

    # --- Small things -----------------------------------------------------------------------------------------------

    def known(self, facts: Mapping[str, Any], keys: set[str], where: str) -> None:
        for key in sorted(set(facts) - keys):
            self.refuse(f"{where}.{key}".lstrip("."), _l("ce mot n’est pas connu ici. Retirez-le ou corrigez-le."))

    def mapping(self, facts: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = facts.get(key)
        if not isinstance(value, dict) or not value:
            self.refuse(key, _l("écrivez au moins un critère et ses catégories."))
            return {}
        return value

    def number(self, facts: Mapping[str, Any], key: str, least: int, shown: str = "") -> int:
        value: Any = facts.get(key)
        if not _is_whole(value) or not least <= value <= 10_000:
            self.refuse(shown or key, _l("écrivez un nombre entier, %(least)s au moins.", least=least))
            return least
        return int(value)

    def names(self, names: list[Any], key: str) -> None:
        if not all(map(is_plain, names)) or len(set(map(str, names))) < len(names):
            self.refuse(key, _l("les noms sont des textes courts, différents, sans point-virgule ni guillemet."))


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
