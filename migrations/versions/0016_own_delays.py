"""Draws and avis keep the rulebook their delays come from; what a candidacy said may be erased."""

from __future__ import annotations

from alembic import op

from app.schema_steps import add_column, change_refusals_of, drop_columns

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# What the database itself refuses, frozen as it was on the day of this migration.
ANNOUNCED = "OLD.state <> 'PREPARING' AND OLD.published_at IS NOT NULL"
DRAW = (
    "NEW.state = 'PREPARING' OR NEW.body_id <> OLD.body_id OR NEW.seats <> OLD.seats OR NEW.rule <> OLD.rule "
    "OR NEW.rule_sha256 <> OLD.rule_sha256 OR NEW.list_sha256 <> OLD.list_sha256 OR NEW.people <> OLD.people "
    "OR NEW.public_list <> OLD.public_list OR NEW.event_words <> OLD.event_words OR NEW.event_at IS NULL "
    "OR NEW.event_at <> OLD.event_at OR NEW.published_at IS NULL OR NEW.published_at <> OLD.published_at "
    "OR NEW.appeal_days <> OLD.appeal_days OR NEW.witnesses_needed <> OLD.witnesses_needed "
)
DRAWN = (
    "OR (OLD.drawn_at IS NOT NULL AND (NEW.state IN ('PUBLISHED', 'DROPPED') OR NEW.drawn_at IS NULL "
    "OR NEW.drawn_at <> OLD.drawn_at OR NEW.event_value <> OLD.event_value OR NEW.seed <> OLD.seed "
    "OR NEW.result <> OLD.result OR NEW.witnesses <> OLD.witnesses))"
)
DRAW_RULEBOOK = "OR COALESCE(NEW.rulebook_id, 0) <> COALESCE(OLD.rulebook_id, 0) "
ADOPTED = "OLD.state NOT IN ('DRAFT', 'DROPPED')"
AVIS = (
    "NEW.state = 'DRAFT' OR NEW.body_id <> OLD.body_id OR NEW.subject <> OLD.subject OR NEW.context <> OLD.context "
    "OR NEW.votes_for <> OLD.votes_for OR NEW.votes_against <> OLD.votes_against "
    "OR NEW.votes_abstained <> OLD.votes_abstained OR NEW.quorum <> OLD.quorum "
    "OR NEW.minority_view <> OLD.minority_view OR NEW.adopted_on <> OLD.adopted_on "
    "OR (OLD.sent_at IS NOT NULL AND (NEW.state IN ('ADOPTED', 'DROPPED') OR NEW.sent_at <> OLD.sent_at "
    "OR NEW.addressed_id <> OLD.addressed_id OR NEW.answer_due_on <> OLD.answer_due_on"
)
AVIS_RULEBOOK = " OR COALESCE(NEW.answer_rulebook_id, 0) <> COALESCE(OLD.answer_rulebook_id, 0)"
STEP = (
    "NEW.candidacy_id <> OLD.candidacy_id OR NEW.state <> OLD.state OR NEW.at <> OLD.at "
    "OR NEW.channel <> OLD.channel OR (NEW.by_id IS NOT NULL AND NEW.by_id <> COALESCE(OLD.by_id, 0))"
)


def upgrade() -> None:
    instant = "TIMESTAMP WITH TIME ZONE" if op.get_bind().dialect.name == "postgresql" else "DATETIME"
    add_column("draws", "rulebook_id", "INTEGER", references="body_rulebooks.id")
    change_refusals_of("draws", update=f"{ANNOUNCED} AND ({DRAW}{DRAW_RULEBOOK}{DRAWN})")
    add_column("avis", "answer_rulebook_id", "INTEGER", references="body_rulebooks.id")
    change_refusals_of("avis", update=f"{ADOPTED} AND ({AVIS}{AVIS_RULEBOOK})))")
    add_column("candidacies", "erased_at", instant)
    change_refusals_of("candidacy_steps", update=STEP)
    add_column(
        "site", "candidacy_kept_days", "INTEGER", default="365",
        checks={"candidacies_forgotten": "candidacy_kept_days > 0"},
    )  # fmt: skip


def downgrade() -> None:
    drop_columns("site", "candidacy_kept_days")
    change_refusals_of("candidacy_steps", update="")
    drop_columns("candidacies", "erased_at")
    change_refusals_of("avis", update=f"{ADOPTED} AND ({AVIS})))")
    drop_columns("avis", "answer_rulebook_id")
    change_refusals_of("draws", update=f"{ANNOUNCED} AND ({DRAW}{DRAWN})")
    drop_columns("draws", "rulebook_id")
