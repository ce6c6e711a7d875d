"""The META section: what the file declares, and the rules of counting it amounts to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Final, NoReturn, TypeAlias

from flask_babel import lazy_gettext as _l

from app.domain.ballots.rules.consistency import check_rules
from app.domain.ballots.rules.pabulib.election import About
from app.domain.ballots.rules.pabulib.lines import Rows, cents, refuse, section_title, whole
from app.domain.ballots.rules.terms import BallotForm, BallotType, CountingRules, Overflow, Score
from app.domain.shared.refusals import Refusal

# From the rules the file amounts to, the rules the caller wants to count by.
Override: TypeAlias = Callable[[CountingRules], CountingRules]

MANDATORY: Final = (
    "description",
    "country",
    "unit",
    "instance",
    "num_projects",
    "num_votes",
    "budget",
    "vote_type",
    "rule",
    "date_begin",
    "date_end",
)
OVERFLOW_OF_RULE: Final = {
    "greedy": Overflow.SKIP,
    "greedy-threshold": Overflow.SKIP,
    "greedy-no-skip": Overflow.STOP,
}
_RULES_IN_COMMENT: Final = re.compile(r"#[0-9]+: counting_rules=(\{.*\})\s*", re.DOTALL)
_BLANKS_IN_COMMENT: Final = re.compile(r"#[0-9]+: blank_votes=([0-9]{1,9})(?![0-9])")
# Which key to show when the rules that the file amounts to do not hold together.
_KEY_OF_FIELD: Final = {"envelope": "budget", "choices": "max_length", "points": "max_sum_points"}


class Meta:
    """The keys and values of META, with their lines; what is missing or ill-written is refused with its line."""

    def __init__(self, rows: Rows) -> None:
        self._values: dict[str, tuple[str, int]] = {}
        self.end = self._read(rows)
        for key in MANDATORY:
            if key not in self._values:
                raise refuse("missing_meta", self.end, key, _l("cette information manque. Ajoutez-la dans META."))
        self.comment, self.frozen_rules = self._own_comment()
        blanks = _BLANKS_IN_COMMENT.search(self.comment)
        self.blanks = int(blanks[1]) if blanks else None

    def text(self, key: str, default: str = "") -> str:
        return self._values.get(key, (default, 0))[0]

    def refuse(self, code: str, key: str, what: object) -> NoReturn:
        raise refuse(code, self._values.get(key, ("", self.end))[1], key, what)

    def whole(self, key: str, default: int | None = None, *, round_up: bool = False) -> int | None:
        """A whole number, or ``default`` when the key is absent."""
        if key not in self._values:
            return default
        value = whole(self.text(key), round_up=round_up)
        if value is None:
            self.refuse("number", key, _l("« %(v)s » n’est pas un nombre entier positif.", v=self.text(key)))
        return value

    def cents(self, key: str) -> int | None:
        """An amount in cents, or ``None`` when the key is absent."""
        if key not in self._values:
            return None
        value = cents(self.text(key))
        if value is None:
            what = _l("« %(v)s » n’est pas un montant. Écrivez par exemple 4000 ou 4000.50.", v=self.text(key))
            self.refuse("amount", key, what)
        return value

    def number_of(self, key: str, most: int) -> int:
        """A declared number of rows, refused beyond the limit of the import."""
        number = self.whole(key, 0) or 0
        if number > most:
            self.refuse("too_many", key, _l("%(n)s dépasse la limite d’import, qui est de %(m)s.", n=number, m=most))
        return number

    def about(self) -> About:
        """Where and when the vote was held."""
        return About(**{key: self.text(key) for key in About.__dataclass_fields__})

    def _read(self, rows: Rows) -> int:
        if section_title(next(rows, [""])) != "META":
            raise rows.refuse("missing_section", "META", _l("le fichier doit commencer par la section META."))
        if [cell.strip().lower() for cell in next(rows, [])][:2] != ["key", "value"]:
            raise rows.refuse("missing_header", "META", _l("écrivez « key;value » sous le titre META."))
        for row in rows:
            if section_title(row):
                if section_title(row) == "PROJECTS":
                    return rows.line
                break
            self._keep(row, rows)
        raise rows.refuse("missing_section", "PROJECTS", _l("la section PROJECTS manque. Ajoutez-la après META."))

    def _keep(self, row: list[str], rows: Rows) -> None:
        key = row[0].strip()
        if len(row) < 2 or any(row[2:]):
            what = _l("écrivez un nom, un point-virgule et une valeur, entre guillemets si elle contient « ; ».")
            raise rows.refuse("meta_row", key or "META", what)
        if key in self._values:
            raise rows.refuse("duplicate_meta", key, _l("cette information figure deux fois. Gardez-en une seule."))
        self._values[key] = (row[1], rows.line)

    def _own_comment(self) -> tuple[str, object]:
        """The comment before our frozen rules, and these rules when the comment carries some."""
        comment = self.text("comment")
        match = _RULES_IN_COMMENT.search(comment)
        if match is None:
            return comment, None
        try:
            return comment[: match.start()], json.loads(match[1])
        except (ValueError, RecursionError):
            self.refuse("rules_facts", "comment", _l("les règles de comptage y sont illisibles. Reprenez l’original."))


def rules_of(meta: Meta, override: Override | None) -> CountingRules:
    """The rules the file amounts to: its own frozen rules if it is ours, else its rule, threshold and ballot numbers.

    The seed of the draw is made of the place and the edition, so that an import always counts and nobody chooses it.
    Raises a ``Refusal`` with line and field: ``unsupported`` (ballot), ``unsupported_rule``, or a META mistake.
    """
    form = _form_of(meta)
    overflow = OVERFLOW_OF_RULE.get(meta.text("rule").strip())
    if overflow is None and override is None and meta.frozen_rules is None:
        what = _l(
            "la règle « %(rule)s » n’est pas encore comptée ici. Choisissez vous-même la règle de comptage.",
            rule=meta.text("rule"),
        )
        meta.refuse("unsupported_rule", "rule", what)
    rules = CountingRules(
        envelope_cents=meta.cents("budget") or 0,
        form=form,
        score=Score.POINTS if form.type is BallotType.POINTS else Score.VOTES,
        overflow=overflow or Overflow.SKIP,
        threshold=meta.whole("min_project_score_threshold", round_up=True),
        seed="|".join(meta.text(key) for key in ("country", "unit", "subunit", "instance")),
    )
    if meta.frozen_rules is not None:
        rules = _frozen(meta, rules)
    rules = override(rules) if override is not None else rules
    verdict = check_rules(rules)
    if isinstance(verdict, Refusal):
        meta.refuse(verdict.code, _KEY_OF_FIELD.get(verdict.field or "", "rule"), verdict.sentence)
    return rules


def _frozen(meta: Meta, declared: CountingRules) -> CountingRules:
    """Our own rules, which must not contradict what the rest of the file tells other programs."""
    try:
        rules = CountingRules.from_facts(meta.frozen_rules)
    except Refusal as refusal:
        meta.refuse(refusal.code, "comment", refusal.sentence)
    same_type = (rules.form.type is BallotType.POINTS) == (declared.form.type is BallotType.POINTS)
    if rules.envelope_cents != declared.envelope_cents or not same_type:
        what = _l("les règles de comptage contredisent « budget » ou « vote_type ». Reprenez le fichier d’origine.")
        meta.refuse("rules_facts", "comment", what)
    return rules


def _form_of(meta: Meta) -> BallotForm:
    kind = meta.text("vote_type").strip()
    least = meta.whole("min_length", 1)
    blank = least == 0 or meta.blanks is not None
    least = max(least or 0, 1)
    most = meta.whole("max_length")
    if kind == "choose-1":
        return BallotForm(BallotType.EXACTLY, choices_min=1, choices_max=1, blank_allowed=blank)
    if kind == "approval":
        exact = most is not None and most == least
        type_ = BallotType.EXACTLY if exact else BallotType.UP_TO
        return BallotForm(type_, choices_min=least, choices_max=most, blank_allowed=blank)
    if kind == "cumulative":
        return _points_form(meta, least, most, blank)
    if kind in {"ordinal", "scoring"}:
        what = _l(
            "ce type de vote (%(kind)s) n’est pas encore compté ici. Importez un vote par choix ou par points.",
            kind=kind,
        )
        meta.refuse("unsupported", "vote_type", what)
    meta.refuse("vote_type", "vote_type", _l("« %(kind)s » n’est pas un type de vote Pabulib.", kind=kind))


def _points_form(meta: Meta, least: int, most: int | None, blank: bool) -> BallotForm:
    total, per_project = meta.whole("max_sum_points"), meta.whole("max_points")
    if total is None and per_project is not None and most is not None:
        total = per_project * most
    if total is None:
        meta.refuse("missing_meta", "max_sum_points", _l("indiquez combien de points chaque personne répartit."))
    if (meta.whole("min_points", 0) or 0) > 1:
        what = _l("un minimum de points par projet n’est pas encore compté ici. Retirez-le ou demandez de l’aide.")
        meta.refuse("unsupported", "min_points", what)
    return BallotForm(
        BallotType.POINTS,
        points_total=total,
        points_max=per_project if per_project is None else min(per_project, total),
        points_min=meta.whole("min_sum_points", 0) or 0,
        choices_min=least,
        choices_max=most,
        blank_allowed=blank,
    )
