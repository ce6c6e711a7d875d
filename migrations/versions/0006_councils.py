"""What a conseil says, what it is answered, who entered its space, and its means."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.schema_steps import add_column, drop_columns, forget_refusals, refuse_changes, widen_codes

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OLD_RECORDS = ("PV_DEPOUILLEMENT", "REGLEMENT", "CATALOGUE", "REALISATION", "CORRECTION")
RECORDS = (
    "PV_DEPOUILLEMENT", "REGLEMENT", "CATALOGUE", "REALISATION", "AVIS", "REPONSE_AVIS", "INTERPELLATION",
    "REPONSE_INTERPELLATION", "CORRECTION",
)  # fmt: skip
DELAYS = (
    "avis_answer_days > 0 AND mandate_warning_months > 0 AND silence_warning_months > 0 "
    "AND charter_months > 0 AND space_access_minutes > 0"
)
# What the database itself refuses, frozen as it was on the day of this migration.
ADOPTED = "OLD.state NOT IN ('DRAFT', 'DROPPED')"
AVIS_REWRITTEN = (
    "NEW.state = 'DRAFT' OR NEW.body_id <> OLD.body_id OR NEW.subject <> OLD.subject OR NEW.context <> OLD.context "
    "OR NEW.votes_for <> OLD.votes_for OR NEW.votes_against <> OLD.votes_against "
    "OR NEW.votes_abstained <> OLD.votes_abstained OR NEW.quorum <> OLD.quorum "
    "OR NEW.minority_view <> OLD.minority_view OR NEW.adopted_on <> OLD.adopted_on "
    "OR (OLD.sent_at IS NOT NULL AND (NEW.state IN ('ADOPTED', 'DROPPED') OR NEW.sent_at <> OLD.sent_at "
    "OR NEW.addressed_id <> OLD.addressed_id OR NEW.answer_due_on <> OLD.answer_due_on))"
)
OF_AN_ADOPTED = "EXISTS (SELECT 1 FROM avis WHERE avis.id = OLD.avis_id AND avis.state NOT IN ('DRAFT', 'DROPPED'))"
ITEM_REWRITTEN = (
    f"({OF_AN_ADOPTED} AND (NEW.avis_id <> OLD.avis_id OR NEW.position <> OLD.position "
    "OR NEW.text <> OLD.text)) OR (OLD.answer IS NOT NULL AND (NEW.answer IS NULL OR NEW.answer <> OLD.answer "
    "OR NEW.reason <> OLD.reason OR NEW.answered_at <> OLD.answered_at))"
)
INTERPELLATION_REWRITTEN = (
    "NEW.state = 'DRAFT' OR NEW.body_id <> OLD.body_id OR NEW.subject <> OLD.subject "
    "OR COALESCE(NEW.quartier_id, 0) <> COALESCE(OLD.quartier_id, 0) OR NEW.difficulty <> OLD.difficulty "
    "OR NEW.evidence <> OLD.evidence OR NEW.wish <> OLD.wish OR NEW.votes_for <> OLD.votes_for "
    "OR NEW.votes_against <> OLD.votes_against OR NEW.votes_abstained <> OLD.votes_abstained "
    "OR NEW.quorum <> OLD.quorum OR NEW.minority_view <> OLD.minority_view OR NEW.adopted_on <> OLD.adopted_on "
    "OR (OLD.sent_at IS NOT NULL AND (NEW.state IN ('ADOPTED', 'DROPPED') OR NEW.sent_at <> OLD.sent_at))"
)


def upgrade() -> None:
    op.create_table(
        "council_envelopes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("base_cents", sa.BigInteger(), nullable=False),
        sa.Column("per_seat_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "cents >= 0 AND base_cents >= 0 AND per_seat_cents >= 0", name=op.f("ck_council_envelopes_amounts")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_council_envelopes_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_envelopes")),
        sa.UniqueConstraint("contract_id", "year", name=op.f("uq_council_envelopes_contract_id_year")),
    )
    op.create_table(
        "council_accompaniments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("mission", sa.String(length=200), nullable=False),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("is_renewable", sa.Boolean(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_council_accompaniments_ordered")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_council_accompaniments_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_accompaniments")),
    )
    with op.batch_alter_table("council_accompaniments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_accompaniments_body_id"), ["body_id"], unique=False)

    op.create_table(
        "council_means",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("PREMISES", "EQUIPMENT", name="meanskind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= since", name=op.f("ck_council_means_ordered")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_council_means_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_means")),
    )
    with op.batch_alter_table("council_means", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_means_body_id"), ["body_id"], unique=False)

    op.create_table(
        "council_trainings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_council_trainings_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_trainings")),
    )
    with op.batch_alter_table("council_trainings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_trainings_body_id"), ["body_id"], unique=False)

    op.create_table(
        "avis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("addressed_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "ADOPTED",
                "SENT",
                "PARTLY_ANSWERED",
                "ANSWERED",
                "DROPPED",
                name="avisstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("votes_abstained", sa.Integer(), nullable=False),
        sa.Column("quorum", sa.String(length=300), nullable=False),
        sa.Column("minority_view", sa.Text(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("seance_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'ADOPTED', 'DROPPED') OR (sent_at IS NOT NULL AND answer_due_on IS NOT NULL AND addressed_id IS NOT NULL)",
            name=op.f("ck_avis_sent_somewhere"),
        ),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'DROPPED') OR adopted_on IS NOT NULL", name=op.f("ck_avis_adopted_on_a_day")
        ),
        sa.CheckConstraint("addressed_id IS NULL OR addressed_id <> body_id", name=op.f("ck_avis_to_another_body")),
        sa.CheckConstraint(
            "votes_for >= 0 AND votes_against >= 0 AND votes_abstained >= 0", name=op.f("ck_avis_counted_votes")
        ),
        sa.ForeignKeyConstraint(["addressed_id"], ["bodies.id"], name=op.f("fk_avis_addressed_id")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_avis_body_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_avis_created_by_id")),
        sa.ForeignKeyConstraint(["seance_id"], ["seances.id"], name=op.f("fk_avis_seance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_avis")),
    )
    with op.batch_alter_table("avis", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_avis_addressed_id"), ["addressed_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_avis_body_id"), ["body_id"], unique=False)

    op.create_table(
        "council_grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("received_cents", sa.BigInteger(), nullable=False),
        sa.Column("balance_cents", sa.BigInteger(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("balance_cents >= 0", name=op.f("ck_council_grants_never_overdrawn")),
        sa.CheckConstraint("cents > 0", name=op.f("ck_council_grants_amount")),
        sa.CheckConstraint(
            "received_cents >= 0 AND received_cents <= cents", name=op.f("ck_council_grants_not_over_granted")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_council_grants_body_id")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["people.id"], name=op.f("fk_council_grants_granted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_grants")),
        sa.UniqueConstraint("body_id", "year", name=op.f("uq_council_grants_body_id_year")),
    )
    with op.batch_alter_table("council_grants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_grants_body_id"), ["body_id"], unique=False)

    op.create_table(
        "interpellations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("quartier_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("difficulty", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "ADOPTED",
                "SENT",
                "ACKNOWLEDGED",
                "ANSWERED",
                "ON_AGENDA",
                "CLOSED",
                "DROPPED",
                name="interpellationstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("votes_abstained", sa.Integer(), nullable=False),
        sa.Column("quorum", sa.String(length=300), nullable=False),
        sa.Column("minority_view", sa.Text(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("seance_id", sa.Integer(), nullable=True),
        sa.Column("agenda_seance_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'ADOPTED', 'DROPPED') OR sent_at IS NOT NULL",
            name=op.f("ck_interpellations_sent_at_an_hour"),
        ),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'DROPPED') OR adopted_on IS NOT NULL", name=op.f("ck_interpellations_adopted_on_a_day")
        ),
        sa.CheckConstraint(
            "votes_for >= 0 AND votes_against >= 0 AND votes_abstained >= 0",
            name=op.f("ck_interpellations_counted_votes"),
        ),
        sa.ForeignKeyConstraint(["agenda_seance_id"], ["seances.id"], name=op.f("fk_interpellations_agenda_seance_id")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_interpellations_body_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_interpellations_created_by_id")),
        sa.ForeignKeyConstraint(["quartier_id"], ["quartiers.id"], name=op.f("fk_interpellations_quartier_id")),
        sa.ForeignKeyConstraint(["seance_id"], ["seances.id"], name=op.f("fk_interpellations_seance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpellations")),
    )
    with op.batch_alter_table("interpellations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interpellations_body_id"), ["body_id"], unique=False)

    op.create_table(
        "space_accesses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "entered_as",
            sa.Enum(
                "ANIMATEUR", "AGENT", "ADMIN", "ELU", name="role", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > entered_at", name=op.f("ck_space_accesses_ordered")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_space_accesses_reasoned")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_space_accesses_body_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_space_accesses_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space_accesses")),
    )
    with op.batch_alter_table("space_accesses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_space_accesses_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_space_accesses_person_id"), ["person_id"], unique=False)

    op.create_table(
        "avis_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("avis_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "RETAINED",
                "PARTLY",
                "NOT_RETAINED",
                name="itemanswer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "answered_as",
            sa.Enum(
                "ANIMATEUR", "AGENT", "ADMIN", "ELU", name="role", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "answer IS NULL OR answer = 'RETAINED' OR length(reason) > 0", name=op.f("ck_avis_items_reasoned")
        ),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_avis_items_answered_at_an_hour")),
        sa.CheckConstraint("position > 0", name=op.f("ck_avis_items_counted_from_one")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_avis_items_answered_by_id")),
        sa.ForeignKeyConstraint(["avis_id"], ["avis.id"], name=op.f("fk_avis_items_avis_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_avis_items")),
        sa.UniqueConstraint("avis_id", "position", name=op.f("uq_avis_items_avis_id_position")),
    )
    with op.batch_alter_table("avis_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_avis_items_avis_id"), ["avis_id"], unique=False)

    op.create_table(
        "council_ledger_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "RECEIVED",
                "SPENDING",
                "REFUND",
                "CORRECTION",
                name="linekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "category",
            sa.Enum(
                "MEETINGS",
                "TRAVEL",
                "COMMUNICATION",
                "OTHER",
                name="linecategory",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'CORRECTION') = (corrects_id IS NOT NULL)", name=op.f("ck_council_ledger_lines_corrects_a_line")
        ),
        sa.CheckConstraint(
            "(kind IN ('RECEIVED', 'REFUND') AND cents > 0) OR (kind = 'SPENDING' AND cents < 0) OR (kind = 'CORRECTION' AND cents <> 0)",
            name=op.f("ck_council_ledger_lines_signed"),
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["council_ledger_lines.id"], name=op.f("fk_council_ledger_lines_corrects_id")
        ),
        sa.ForeignKeyConstraint(["grant_id"], ["council_grants.id"], name=op.f("fk_council_ledger_lines_grant_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_council_ledger_lines_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_ledger_lines")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_council_ledger_lines_corrects_id")),
    )
    with op.batch_alter_table("council_ledger_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_ledger_lines_grant_id"), ["grant_id"], unique=False)

    op.create_table(
        "council_training_attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_council_training_attendances_member_id")),
        sa.ForeignKeyConstraint(
            ["training_id"], ["council_trainings.id"], name=op.f("fk_council_training_attendances_training_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_training_attendances")),
        sa.UniqueConstraint(
            "training_id", "member_id", name=op.f("uq_council_training_attendances_training_id_member_id")
        ),
    )
    with op.batch_alter_table("council_training_attendances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_training_attendances_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_council_training_attendances_training_id"), ["training_id"], unique=False)

    op.create_table(
        "interpellation_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interpellation_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "ADOPTED",
                "SENT",
                "ACKNOWLEDGED",
                "ANSWERED",
                "ON_AGENDA",
                "CLOSED",
                "DROPPED",
                name="interpellationstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("letter_reference", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "recorded_as",
            sa.Enum(
                "ANIMATEUR", "AGENT", "ADMIN", "ELU", name="role", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interpellation_id"], ["interpellations.id"], name=op.f("fk_interpellation_steps_interpellation_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["people.id"], name=op.f("fk_interpellation_steps_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpellation_steps")),
    )
    with op.batch_alter_table("interpellation_steps", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interpellation_steps_interpellation_id"), ["interpellation_id"], unique=False
        )

    widen_codes("governance_records", "kind", "recordkind", OLD_RECORDS, RECORDS)
    add_column("site", "avis_answer_days", "INTEGER", default="60")
    add_column("site", "mandate_warning_months", "INTEGER", default="6")
    add_column("site", "silence_warning_months", "INTEGER", default="9")
    add_column("site", "charter_months", "INTEGER", default="6")
    add_column("site", "space_access_minutes", "INTEGER", default="30", checks={"councils": DELAYS})
    refuse_changes("avis", f"{ADOPTED} AND ({AVIS_REWRITTEN})", ADOPTED)
    refuse_changes("avis_items", ITEM_REWRITTEN, OF_AN_ADOPTED, insert=OF_AN_ADOPTED.replace("OLD.", "NEW."))
    refuse_changes("interpellations", f"{ADOPTED} AND ({INTERPELLATION_REWRITTEN})", ADOPTED)
    for table in ("interpellation_steps", "council_ledger_lines", "space_accesses"):
        refuse_changes(table)


def downgrade() -> None:
    drop_columns(
        "site", "space_access_minutes", "charter_months", "silence_warning_months", "mandate_warning_months",
        "avis_answer_days",
    )  # fmt: skip
    widen_codes("governance_records", "kind", "recordkind", RECORDS, OLD_RECORDS)

    with op.batch_alter_table("interpellation_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interpellation_steps_interpellation_id"))

    op.drop_table("interpellation_steps")
    with op.batch_alter_table("council_training_attendances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_training_attendances_training_id"))
        batch_op.drop_index(batch_op.f("ix_council_training_attendances_member_id"))

    op.drop_table("council_training_attendances")
    with op.batch_alter_table("council_ledger_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_ledger_lines_grant_id"))

    op.drop_table("council_ledger_lines")
    with op.batch_alter_table("avis_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_avis_items_avis_id"))

    op.drop_table("avis_items")
    with op.batch_alter_table("space_accesses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_space_accesses_person_id"))
        batch_op.drop_index(batch_op.f("ix_space_accesses_body_id"))

    op.drop_table("space_accesses")
    with op.batch_alter_table("interpellations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interpellations_body_id"))

    op.drop_table("interpellations")
    with op.batch_alter_table("council_grants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_grants_body_id"))

    op.drop_table("council_grants")
    with op.batch_alter_table("avis", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_avis_body_id"))
        batch_op.drop_index(batch_op.f("ix_avis_addressed_id"))

    op.drop_table("avis")
    with op.batch_alter_table("council_trainings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_trainings_body_id"))

    op.drop_table("council_trainings")
    with op.batch_alter_table("council_means", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_means_body_id"))

    op.drop_table("council_means")
    with op.batch_alter_table("council_accompaniments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_accompaniments_body_id"))

    op.drop_table("council_accompaniments")
    op.drop_table("council_envelopes")
    forget_refusals(
        "avis", "avis_items", "interpellations", "interpellation_steps", "council_ledger_lines", "space_accesses"
    )
