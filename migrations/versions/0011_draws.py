"""Candidacies, and draws by lot: what is frozen before the event, what came out, who was called."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.schema_steps import add_column, drop_columns, forget_refusals, refuse_changes, widen_codes

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OLD_RECORDS = (
    "PV_DEPOUILLEMENT", "REGLEMENT", "CATALOGUE", "REALISATION", "AVIS", "REPONSE_AVIS", "INTERPELLATION",
    "REPONSE_INTERPELLATION", "CORRECTION", "PV_SEANCE", "RELEVE_DECISIONS",
)  # fmt: skip
RECORDS = (*OLD_RECORDS, "PV_TIRAGE")
SETTINGS = "draw_list_kilobytes > 0 AND draw_appeal_days > 0 AND draw_witnesses > 0"
# What the database itself refuses, frozen as it was on the day of this migration.
ANNOUNCED = "OLD.state <> 'PREPARING' AND OLD.published_at IS NOT NULL"
REWRITTEN = (
    "NEW.state = 'PREPARING' OR NEW.body_id <> OLD.body_id OR NEW.seats <> OLD.seats OR NEW.rule <> OLD.rule "
    "OR NEW.rule_sha256 <> OLD.rule_sha256 OR NEW.list_sha256 <> OLD.list_sha256 OR NEW.people <> OLD.people "
    "OR NEW.public_list <> OLD.public_list OR NEW.event_words <> OLD.event_words OR NEW.event_at IS NULL "
    "OR NEW.event_at <> OLD.event_at OR NEW.published_at IS NULL OR NEW.published_at <> OLD.published_at "
    "OR NEW.appeal_days <> OLD.appeal_days OR NEW.witnesses_needed <> OLD.witnesses_needed "
    "OR (OLD.drawn_at IS NOT NULL AND (NEW.state IN ('PUBLISHED', 'DROPPED') OR NEW.drawn_at IS NULL "
    "OR NEW.drawn_at <> OLD.drawn_at OR NEW.event_value <> OLD.event_value OR NEW.seed <> OLD.seed "
    "OR NEW.result <> OLD.result OR NEW.witnesses <> OLD.witnesses))"
)
OF_AN_ANNOUNCED = "EXISTS (SELECT 1 FROM draws WHERE draws.id = OLD.draw_id AND draws.published_at IS NOT NULL)"
ANOTHER_LIST = (
    f"{OF_AN_ANNOUNCED} AND (NEW.draw_id <> OLD.draw_id OR NEW.source <> OLD.source "
    "OR NEW.sha256 <> OLD.sha256 OR NEW.rows_count <> OLD.rows_count)"
)
ANOTHER_CALL = (
    "NEW.draw_id <> OLD.draw_id OR NEW.rank <> OLD.rank OR NEW.row_id <> OLD.row_id "
    "OR NEW.standing <> OLD.standing OR NEW.called_at <> OLD.called_at "
    "OR COALESCE(NEW.replaces_id, 0) <> COALESCE(OLD.replaces_id, 0) "
    "OR (OLD.answer IS NOT NULL AND (NEW.answer IS NULL OR NEW.answer <> OLD.answer "
    "OR NEW.answered_at <> OLD.answered_at)) "
    "OR (OLD.mandate_id IS NOT NULL AND COALESCE(NEW.mandate_id, 0) <> OLD.mandate_id)"
)


def upgrade() -> None:
    op.create_table(
        "draws",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "PREPARING",
                "PUBLISHED",
                "DRAWN",
                "CLOSED",
                "DROPPED",
                name="drawstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("rule_sha256", sa.String(length=64), nullable=False),
        sa.Column("appeal_days", sa.Integer(), nullable=False),
        sa.Column("witnesses_needed", sa.Integer(), nullable=False),
        sa.Column("list_key", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("list_sha256", sa.String(length=64), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("public_list", sa.Text(), nullable=False),
        sa.Column("event_words", sa.Text(), nullable=False),
        sa.Column("event_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event_value", sa.String(length=500), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("witnesses", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drop_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('PREPARING', 'DROPPED') OR (published_at IS NOT NULL AND event_at IS NOT NULL AND length(list_sha256) = 64 AND length(rule_sha256) = 64)",
            name=op.f("ck_draws_published_whole"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('DRAWN', 'CLOSED') OR (drawn_at IS NOT NULL AND length(seed) = 64)",
            name=op.f("ck_draws_drawn_whole"),
        ),
        sa.CheckConstraint("appeal_days > 0 AND witnesses_needed > 0", name=op.f("ck_draws_delays")),
        sa.CheckConstraint("seats > 0", name=op.f("ck_draws_some_seats")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_draws_body_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_draws_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draws")),
    )
    with op.batch_alter_table("draws", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draws_body_id"), ["body_id"], unique=False)

    op.create_table(
        "draw_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows_count", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("mapped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by_id", sa.Integer(), nullable=True),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_draw_lists_whole_digest")),
        sa.ForeignKeyConstraint(["draw_id"], ["draws.id"], name=op.f("fk_draw_lists_draw_id")),
        sa.ForeignKeyConstraint(["loaded_by_id"], ["people.id"], name=op.f("fk_draw_lists_loaded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_lists")),
        sa.UniqueConstraint("draw_id", "source", name=op.f("uq_draw_lists_draw_id_source")),
    )
    with op.batch_alter_table("draw_lists", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draw_lists_draw_id"), ["draw_id"], unique=False)

    op.create_table(
        "draw_seat_types",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("seat_type_id", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats > 0", name=op.f("ck_draw_seat_types_some_seats")),
        sa.ForeignKeyConstraint(["draw_id"], ["draws.id"], name=op.f("fk_draw_seat_types_draw_id")),
        sa.ForeignKeyConstraint(["seat_type_id"], ["seat_types.id"], name=op.f("fk_draw_seat_types_seat_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_seat_types")),
        sa.UniqueConstraint("draw_id", "seat_type_id", name=op.f("uq_draw_seat_types_draw_id_seat_type_id")),
    )
    op.create_table(
        "draw_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.String(length=64), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("household", sa.String(length=64), nullable=False),
        sa.Column("first_name", sa.String(length=80), nullable=False),
        sa.Column("last_name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["draw_id"], ["draws.id"], name=op.f("fk_draw_rows_draw_id")),
        sa.ForeignKeyConstraint(["list_id"], ["draw_lists.id"], name=op.f("fk_draw_rows_list_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_rows")),
        sa.UniqueConstraint("draw_id", "row_id", name=op.f("uq_draw_rows_draw_id_row_id")),
    )
    with op.batch_alter_table("draw_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draw_rows_list_id"), ["list_id"], unique=False)

    op.create_table(
        "candidacies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("seat_type_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "ONLINE",
                "PHONE",
                "LETTER",
                "IN_PERSON",
                name="candidacychannel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("first_name", sa.String(length=80), nullable=False),
        sa.Column("last_name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column(
            "gender",
            sa.Enum(
                "WOMAN",
                "MAN",
                "OTHER",
                "UNDECLARED",
                name="gender",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("quartier_id", sa.Integer(), nullable=True),
        sa.Column("organisation_name", sa.String(length=200), nullable=False),
        sa.Column("quality", sa.String(length=200), nullable=False),
        sa.Column("motivation", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "SUBMITTED",
                "ACCEPTED",
                "DECLINED",
                "INVITED",
                "SEATED",
                "REFUSED",
                "WITHDRAWN",
                name="candidacystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'SEATED') = (mandate_id IS NOT NULL)", name=op.f("ck_candidacies_seated_by_a_mandate")
        ),
        sa.CheckConstraint("birth_year IS NULL OR birth_year > 1900", name=op.f("ck_candidacies_born")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_candidacies_body_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["people.id"], name=op.f("fk_candidacies_entered_by_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_candidacies_mandate_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_candidacies_person_id")),
        sa.ForeignKeyConstraint(["quartier_id"], ["quartiers.id"], name=op.f("fk_candidacies_quartier_id")),
        sa.ForeignKeyConstraint(["seat_type_id"], ["seat_types.id"], name=op.f("fk_candidacies_seat_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacies")),
    )
    with op.batch_alter_table("candidacies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_candidacies_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_candidacies_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_candidacies_one_open",
            ["body_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('SUBMITTED', 'ACCEPTED', 'INVITED') AND person_id IS NOT NULL"),
            postgresql_where=sa.text("state IN ('SUBMITTED', 'ACCEPTED', 'INVITED') AND person_id IS NOT NULL"),
        )

    op.create_table(
        "draw_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.String(length=64), nullable=False),
        sa.Column(
            "standing",
            sa.Enum("TITULAR", "ALTERNATE", name="standing", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "ACCEPTED",
                "REFUSED",
                "UNREACHABLE",
                name="callanswer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("mandate_id IS NULL OR answer = 'ACCEPTED'", name=op.f("ck_draw_calls_seated_who_accepted")),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_draw_calls_answered_with_a_date")),
        sa.CheckConstraint("rank > 0", name=op.f("ck_draw_calls_ranked_from_one")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_draw_calls_answered_by_id")),
        sa.ForeignKeyConstraint(["draw_id"], ["draws.id"], name=op.f("fk_draw_calls_draw_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_draw_calls_mandate_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["draw_calls.id"], name=op.f("fk_draw_calls_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_calls")),
        sa.UniqueConstraint("draw_id", "rank", name=op.f("uq_draw_calls_draw_id_rank")),
        sa.UniqueConstraint("draw_id", "row_id", name=op.f("uq_draw_calls_draw_id_row_id")),
    )
    with op.batch_alter_table("draw_calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draw_calls_draw_id"), ["draw_id"], unique=False)

    op.create_table(
        "candidacy_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "SUBMITTED",
                "ACCEPTED",
                "DECLINED",
                "INVITED",
                "SEATED",
                "REFUSED",
                "WITHDRAWN",
                name="candidacystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "ONLINE",
                "PHONE",
                "LETTER",
                "IN_PERSON",
                name="candidacychannel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_candidacy_steps_by_id")),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacies.id"], name=op.f("fk_candidacy_steps_candidacy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacy_steps")),
    )
    with op.batch_alter_table("candidacy_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_candidacy_steps_candidacy_id"), ["candidacy_id"], unique=False)

    widen_codes("governance_records", "kind", "recordkind", OLD_RECORDS, RECORDS)
    add_column("site", "draw_list_kilobytes", "INTEGER", default="4000")
    add_column("site", "draw_appeal_days", "INTEGER", default="60")
    add_column("site", "draw_witnesses", "INTEGER", default="2", checks={"draws": SETTINGS})
    refuse_changes("draws", f"{ANNOUNCED} AND ({REWRITTEN})", "")
    refuse_changes("draw_lists", ANOTHER_LIST, OF_AN_ANNOUNCED, insert=OF_AN_ANNOUNCED.replace("OLD.", "NEW."))
    refuse_changes("draw_calls", ANOTHER_CALL, "")
    refuse_changes("candidacy_steps")


def downgrade() -> None:
    drop_columns("site", "draw_witnesses", "draw_appeal_days", "draw_list_kilobytes")
    widen_codes("governance_records", "kind", "recordkind", RECORDS, OLD_RECORDS)

    with op.batch_alter_table("candidacy_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidacy_steps_candidacy_id"))

    op.drop_table("candidacy_steps")
    with op.batch_alter_table("draw_calls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draw_calls_draw_id"))

    op.drop_table("draw_calls")
    with op.batch_alter_table("candidacies", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_candidacies_one_open",
            sqlite_where=sa.text("state IN ('SUBMITTED', 'ACCEPTED', 'INVITED') AND person_id IS NOT NULL"),
            postgresql_where=sa.text("state IN ('SUBMITTED', 'ACCEPTED', 'INVITED') AND person_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_candidacies_person_id"))
        batch_op.drop_index(batch_op.f("ix_candidacies_body_id"))

    op.drop_table("candidacies")
    with op.batch_alter_table("draw_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draw_rows_list_id"))

    op.drop_table("draw_rows")
    op.drop_table("draw_seat_types")
    with op.batch_alter_table("draw_lists", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draw_lists_draw_id"))

    op.drop_table("draw_lists")
    with op.batch_alter_table("draws", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draws_body_id"))

    op.drop_table("draws")
    forget_refusals("draws", "draw_lists", "draw_calls", "candidacy_steps")
