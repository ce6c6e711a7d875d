"""The séances as they are lived: agenda, convocations, attendance, votes, minutes, actions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.schema_steps import add_codes_column, add_column, drop_columns, forget_refusals, refuse_changes, widen_codes

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATES = ("PLANNED", "CONVENED", "OPEN", "SUSPENDED", "CLOSED", "NO_QUORUM", "CANCELLED")
OLD_RECORDS = (
    "PV_DEPOUILLEMENT", "REGLEMENT", "CATALOGUE", "REALISATION", "AVIS", "REPONSE_AVIS", "INTERPELLATION",
    "REPONSE_INTERPELLATION", "CORRECTION",
)  # fmt: skip
RECORDS = (*OLD_RECORDS, "PV_SEANCE", "RELEVE_DECISIONS")


def upgrade() -> None:
    op.create_table(
        "agenda_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seance_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "INFORMATION",
                "DISCUSSION",
                "DECISION",
                name="itemkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("minutes_foreseen", sa.Integer(), nullable=True),
        sa.Column("presenter", sa.String(length=200), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "PROPOSED",
                "ACCEPTED",
                "DECLINED",
                "CURRENT",
                "TREATED",
                "POSTPONED",
                name="itemstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source_kind", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.String(length=60), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column(
            "decision_kind",
            sa.Enum(
                "VALIDATION",
                "REPORT",
                "REFUS",
                "PREND_ACTE",
                "DEMANDE_ETUDE",
                name="decisionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("funding", sa.String(length=300), nullable=False),
        sa.Column(
            "vote_kind",
            sa.Enum(
                "CONSENSUS", "HANDS", "SECRET", name="votekind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("votes_abstain", sa.Integer(), nullable=False),
        sa.Column("votes_blank", sa.Integer(), nullable=False),
        sa.Column("counted_by", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'DECLINED' OR reason <> ''", name=op.f("ck_agenda_items_declined_for_a_reason")),
        sa.CheckConstraint(
            "vote_kind IN ('HANDS', 'SECRET') OR (votes_for = 0 AND votes_against = 0 AND votes_abstain = 0 AND votes_blank = 0)",
            name=op.f("ck_agenda_items_counts_of_a_vote"),
        ),
        sa.CheckConstraint("minutes_foreseen IS NULL OR minutes_foreseen > 0", name=op.f("ck_agenda_items_lasting")),
        sa.CheckConstraint(
            "votes_for >= 0 AND votes_against >= 0 AND votes_abstain >= 0 AND votes_blank >= 0",
            name=op.f("ck_agenda_items_counts"),
        ),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["people.id"], name=op.f("fk_agenda_items_proposed_by_id")),
        sa.ForeignKeyConstraint(["seance_id"], ["seances.id"], name=op.f("fk_agenda_items_seance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
    )
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_items_seance_id"), ["seance_id"], unique=False)

    op.create_table(
        "calendar_keys",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_calendar_keys_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_keys")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_calendar_keys_key_hash")),
    )
    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seance_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "CORRECTED",
                "APPROVED",
                name="minutesstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_in_id", sa.Integer(), nullable=True),
        sa.Column("record_number", sa.String(length=20), nullable=False),
        sa.CheckConstraint("(state = 'APPROVED') = (approved_at IS NOT NULL)", name=op.f("ck_minutes_approved_once")),
        sa.CheckConstraint("version > 0", name=op.f("ck_minutes_counted_from_one")),
        sa.ForeignKeyConstraint(["approved_in_id"], ["seances.id"], name=op.f("fk_minutes_approved_in_id")),
        sa.ForeignKeyConstraint(["seance_id"], ["seances.id"], name=op.f("fk_minutes_seance_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_minutes_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("seance_id", "version", name=op.f("uq_minutes_seance_id_version")),
    )
    with op.batch_alter_table("minutes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_seance_id"), ["seance_id"], unique=False)

    op.create_table(
        "seance_bodies",
        sa.Column("seance_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_seance_bodies_body_id")),
        sa.ForeignKeyConstraint(["seance_id"], ["seances.id"], name=op.f("fk_seance_bodies_seance_id")),
        sa.PrimaryKeyConstraint("seance_id", "body_id", name=op.f("pk_seance_bodies")),
    )
    op.create_table(
        "seance_guests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seance_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("quality", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("came", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["seance_id"], ["seances.id"], name=op.f("fk_seance_guests_seance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seance_guests")),
    )
    with op.batch_alter_table("seance_guests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seance_guests_seance_id"), ["seance_id"], unique=False)

    op.create_table(
        "agenda_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("file_id", sa.String(length=32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["people.id"], name=op.f("fk_agenda_papers_added_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_agenda_papers_file_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name=op.f("fk_agenda_papers_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_papers")),
    )
    with op.batch_alter_table("agenda_papers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_papers_item_id"), ["item_id"], unique=False)

    op.create_table(
        "decided_actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("responsible", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "TO_DO", "DONE", "ABANDONED", name="actionstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'TO_DO') = (settled_at IS NULL)", name=op.f("ck_decided_actions_settled_once")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name=op.f("fk_decided_actions_item_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["people.id"], name=op.f("fk_decided_actions_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decided_actions")),
    )
    with op.batch_alter_table("decided_actions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decided_actions_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_decided_actions_item_id"), ["item_id"], unique=False)

    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seance_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column(
            "presence",
            sa.Enum(
                "PRESENT",
                "EXCUSED",
                "ABSENT",
                "REPRESENTED",
                name="presence",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "way",
            sa.Enum(
                "SHEET",
                "TABLET",
                "CODE",
                "NOTICE",
                name="attendanceway",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proxy_to_id", sa.Integer(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(presence = 'REPRESENTED') = (proxy_to_id IS NOT NULL)",
            name=op.f("ck_attendances_represented_by_somebody"),
        ),
        sa.CheckConstraint("left_at IS NULL OR arrived_at IS NOT NULL", name=op.f("ck_attendances_left_after_coming")),
        sa.CheckConstraint(
            "proxy_to_id IS NULL OR proxy_to_id <> mandate_id", name=op.f("ck_attendances_represented_by_another")
        ),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_attendances_mandate_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["people.id"], name=op.f("fk_attendances_noted_by_id")),
        sa.ForeignKeyConstraint(["proxy_to_id"], ["mandates.id"], name=op.f("fk_attendances_proxy_to_id")),
        sa.ForeignKeyConstraint(["seance_id"], ["seances.id"], name=op.f("fk_attendances_seance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint("seance_id", "mandate_id", name=op.f("uq_attendances_seance_id_mandate_id")),
    )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendances_mandate_id"), ["mandate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendances_seance_id"), ["seance_id"], unique=False)

    op.create_table(
        "convocations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seance_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("guest_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "EMAIL",
                "TEXT",
                "LETTER",
                name="convocationchannel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "WAITING", "DELIVERED", "FAILED", name="sendstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.Column("proof", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(state = 'DELIVERED') = (delivered_at IS NOT NULL)", name=op.f("ck_convocations_delivered_once")
        ),
        sa.CheckConstraint(
            "(CASE WHEN mandate_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN entry_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN guest_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_convocations_one_recipient"),
        ),
        sa.CheckConstraint("round > 0", name=op.f("ck_convocations_counted_from_one")),
        sa.ForeignKeyConstraint(["entry_id"], ["distribution_entries.id"], name=op.f("fk_convocations_entry_id")),
        sa.ForeignKeyConstraint(["guest_id"], ["seance_guests.id"], name=op.f("fk_convocations_guest_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_convocations_mandate_id")),
        sa.ForeignKeyConstraint(["seance_id"], ["seances.id"], name=op.f("fk_convocations_seance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convocations")),
    )
    with op.batch_alter_table("convocations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_convocations_mandate_id"), ["mandate_id"], unique=False)
        batch_op.create_index("ix_convocations_outbox", ["outbox_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_convocations_seance_id"), ["seance_id"], unique=False)

    op.create_table(
        "recusals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name=op.f("fk_recusals_item_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_recusals_mandate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusals")),
        sa.UniqueConstraint("item_id", "mandate_id", name=op.f("uq_recusals_item_id_mandate_id")),
    )
    with op.batch_alter_table("recusals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recusals_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recusals_mandate_id"), ["mandate_id"], unique=False)

    op.create_table(
        "releve_sends",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seance_id", sa.Integer(), nullable=False),
        sa.Column("record_number", sa.String(length=20), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "WAITING", "DELIVERED", "FAILED", name="sendstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'DELIVERED') = (delivered_at IS NOT NULL)", name=op.f("ck_releve_sends_delivered_once")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["distribution_entries.id"], name=op.f("fk_releve_sends_entry_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_releve_sends_mandate_id")),
        sa.ForeignKeyConstraint(["seance_id"], ["seances.id"], name=op.f("fk_releve_sends_seance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releve_sends")),
    )
    with op.batch_alter_table("releve_sends", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_releve_sends_seance_id"), ["seance_id"], unique=False)

    add_codes_column("outbox", "channel", "messagechannel", ("EMAIL", "TEXT"), default="EMAIL")
    widen_codes("governance_records", "kind", "recordkind", OLD_RECORDS, RECORDS)
    _widen_seances()
    # Each agenda written so far becomes one item that says it whole.
    op.execute(
        "INSERT INTO agenda_items (seance_id, position, title, kind, words, presenter, state, reason, source_kind, "
        "source_id, points, decision, dissent, funding, votes_for, votes_against, votes_abstain, votes_blank, "
        "counted_by, version) SELECT id, 1, 'Ordre du jour', 'DISCUSSION', agenda, '', 'ACCEPTED', '', '', '', '', "
        "'', '', '', 0, 0, 0, 0, '', 0 FROM seances WHERE agenda <> ''"
    )
    op.execute("UPDATE seances SET state = 'CONVENED' WHERE convocation_sent_at IS NOT NULL")
    drop_columns("seances", "agenda")
    refuse_changes(
        "agenda_items",
        (
            "EXISTS (SELECT 1 FROM seances WHERE seances.id = OLD.seance_id AND seances.state = 'CLOSED"
            "') AND (NEW.seance_id <> OLD.seance_id OR NEW.position <> OLD.position OR NEW.title <> OLD"
            ".title OR NEW.kind <> OLD.kind OR NEW.words <> OLD.words OR NEW.state <> OLD.state OR NEW."
            "reason <> OLD.reason OR NEW.points <> OLD.points OR NEW.decision <> OLD.decision OR NEW.di"
            "ssent <> OLD.dissent OR NEW.funding <> OLD.funding OR NEW.votes_for <> OLD.votes_for OR NE"
            "W.votes_against <> OLD.votes_against OR NEW.votes_abstain <> OLD.votes_abstain OR NEW.vote"
            "s_blank <> OLD.votes_blank)"
        ),
        ("EXISTS (SELECT 1 FROM seances WHERE seances.id = OLD.seance_id AND seances.state = 'CLOSED')"),
    )
    refuse_changes(
        "attendances",
        (
            "EXISTS (SELECT 1 FROM seances WHERE seances.id = OLD.seance_id AND seances.state = 'CLOSED"
            "') AND (NEW.seance_id <> OLD.seance_id OR NEW.mandate_id <> OLD.mandate_id OR NEW.presence"
            " <> OLD.presence OR COALESCE(NEW.proxy_to_id, 0) <> COALESCE(OLD.proxy_to_id, 0))"
        ),
        ("EXISTS (SELECT 1 FROM seances WHERE seances.id = OLD.seance_id AND seances.state = 'CLOSED')"),
    )
    refuse_changes(
        "convocations",
        (
            "NEW.seance_id <> OLD.seance_id OR NEW.round <> OLD.round OR NEW.channel <> OLD.channel OR "
            "NEW.written_at <> OLD.written_at OR (NEW.address <> OLD.address AND NEW.address <> '') OR "
            "COALESCE(NEW.mandate_id, 0) <> COALESCE(OLD.mandate_id, 0) OR COALESCE(NEW.entry_id, 0) <>"
            " COALESCE(OLD.entry_id, 0) OR COALESCE(NEW.guest_id, 0) <> COALESCE(OLD.guest_id, 0) OR (O"
            "LD.state = 'DELIVERED' AND (NEW.state <> OLD.state OR NEW.delivered_at <> OLD.delivered_at"
            "))"
        ),
        "",
    )
    refuse_changes(
        "decided_actions",
        "OLD.state <> 'TO_DO'",
        (
            "EXISTS (SELECT 1 FROM agenda_items JOIN seances ON seances.id = agenda_items.seance_id WHE"
            "RE agenda_items.id = OLD.item_id AND seances.state = 'CLOSED')"
        ),
    )
    refuse_changes(
        "minutes",
        (
            "NEW.sha256 <> OLD.sha256 OR NEW.seance_id <> OLD.seance_id OR NEW.version <> OLD.version O"
            "R NEW.written_at <> OLD.written_at OR (OLD.state = 'APPROVED' AND NEW.state <> OLD.state) "
            "OR (OLD.record_number <> '' AND NEW.record_number <> OLD.record_number)"
        ),
        "",
    )
    refuse_changes(
        "recusals",
        "",
        (
            "EXISTS (SELECT 1 FROM agenda_items JOIN seances ON seances.id = agenda_items.seance_id WHE"
            "RE agenda_items.id = OLD.item_id AND seances.state = 'CLOSED')"
        ),
    )
    refuse_changes(
        "releve_sends",
        (
            "NEW.seance_id <> OLD.seance_id OR NEW.record_number <> OLD.record_number OR NEW.sent_at <>"
            " OLD.sent_at OR (NEW.address <> OLD.address AND NEW.address <> '') OR (OLD.state = 'DELIVE"
            "RED' AND (NEW.state <> OLD.state OR NEW.delivered_at <> OLD.delivered_at))"
        ),
        "",
    )
    refuse_changes(
        "seances",
        "OLD.state IN ('CLOSED', 'NO_QUORUM', 'CANCELLED') AND NEW.state <> OLD.state",
        "OLD.state <> 'PLANNED'",
    )


def _widen_seances() -> None:
    instant = "TIMESTAMP WITH TIME ZONE" if op.get_bind().dialect.name == "postgresql" else "DATETIME"
    add_column("seances", "ends_at", instant, checks={"ordered": "ends_at IS NULL OR ends_at > starts_at"})
    add_column("seances", "access", "VARCHAR(300)", default="''")
    add_column("seances", "childcare", "VARCHAR(300)", default="''")
    add_column("seances", "interpreter", "VARCHAR(300)", default="''")
    add_column("seances", "introduction", "TEXT", default="''")
    add_codes_column("seances", "state", "seancestate", STATES, default="PLANNED")
    add_column("seances", "sequence", "INTEGER", default="0")
    add_column("seances", "call_number", "INTEGER", default="1", checks={"counted_from_one": "call_number > 0"})
    add_column("seances", "second_call_of_id", "INTEGER", references="seances.id")
    add_column("seances", "cancel_reason", "TEXT", default="''")
    add_column("seances", "opened_at", instant)
    add_column("seances", "suspended_at", instant)
    add_column(
        "seances", "closed_at", instant,
        checks={"held": "state <> 'CLOSED' OR (opened_at IS NOT NULL AND closed_at IS NOT NULL)"},
    )  # fmt: skip
    add_column("seances", "presided_by", "VARCHAR(300)", default="''")
    add_column("seances", "secretaries", "VARCHAR(300)", default="''")
    add_column("seances", "room_code_hash", "VARCHAR(64)", default="''")
    add_column("seances", "room_code_at", instant)
    op.create_index("uq_seances_second_call_of_id", "seances", ["second_call_of_id"], unique=True)


def downgrade() -> None:
    _drop_triggers_of_seances()
    add_column("seances", "agenda", "TEXT", default="''")
    op.execute(
        "UPDATE seances SET agenda = COALESCE((SELECT words FROM agenda_items WHERE agenda_items.seance_id = seances.id "
        "ORDER BY position, id LIMIT 1), '')"
    )
    drop_columns("outbox", "channel")

    with op.batch_alter_table("releve_sends", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_releve_sends_seance_id"))

    op.drop_table("releve_sends")
    with op.batch_alter_table("recusals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recusals_mandate_id"))
        batch_op.drop_index(batch_op.f("ix_recusals_item_id"))

    op.drop_table("recusals")
    with op.batch_alter_table("convocations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_convocations_seance_id"))
        batch_op.drop_index("ix_convocations_outbox")
        batch_op.drop_index(batch_op.f("ix_convocations_mandate_id"))

    op.drop_table("convocations")
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendances_seance_id"))
        batch_op.drop_index(batch_op.f("ix_attendances_mandate_id"))

    op.drop_table("attendances")
    with op.batch_alter_table("decided_actions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decided_actions_item_id"))
        batch_op.drop_index(batch_op.f("ix_decided_actions_due_on"))

    op.drop_table("decided_actions")
    with op.batch_alter_table("agenda_papers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_papers_item_id"))

    op.drop_table("agenda_papers")
    with op.batch_alter_table("seance_guests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seance_guests_seance_id"))

    op.drop_table("seance_guests")
    op.drop_table("seance_bodies")
    with op.batch_alter_table("minutes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_seance_id"))

    op.drop_table("minutes")
    op.drop_table("calendar_keys")
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_items_seance_id"))

    op.drop_table("agenda_items")
    forget_refusals(
        "agenda_items", "attendances", "convocations", "decided_actions", "minutes", "recusals", "releve_sends"
    )
    op.drop_index("uq_seances_second_call_of_id", "seances")
    drop_columns(
        "seances", "room_code_at", "room_code_hash", "secretaries", "presided_by", "closed_at", "suspended_at",
        "opened_at", "cancel_reason", "second_call_of_id", "call_number", "sequence", "state", "introduction",
        "interpreter", "childcare", "access", "ends_at",
    )  # fmt: skip
    widen_codes("governance_records", "kind", "recordkind", RECORDS, OLD_RECORDS)


def _drop_triggers_of_seances() -> None:
    if op.get_bind().dialect.name == "postgresql":
        forget_refusals("seances")
    else:
        op.execute("DROP TRIGGER seances_no_update")
        op.execute("DROP TRIGGER seances_no_delete")
