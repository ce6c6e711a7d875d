"""What bodies are, who sits in them, their rulebooks and their papers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.schema_steps import (
    add_codes_column,
    add_column,
    drop_columns,
    forget_refusals,
    refuse_changes,
    widen_codes,
)

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OLD_KINDS = ("COPIL", "COTECH", "COMMISSION", "CONSEIL_CITOYEN", "TABLE_DE_QUARTIER", "COMITE")
KINDS = (
    "COPIL", "COTECH", "COMMISSION", "CONSEIL_CITOYEN", "CONSEIL_COMMUNAUTAIRE", "CONSEIL_DEVELOPPEMENT",
    "CONSEIL_DES_JEUNES", "TABLE_DE_QUARTIER", "GROUPE_EVALUATION", "COMITE",
)  # fmt: skip
STATES = ("PREPARATION", "ACTIVE", "DORMANT", "CLOSED", "MERGED")


def upgrade() -> None:
    op.create_table(
        "colleges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_residents", sa.Boolean(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name=op.f("ck_colleges_ordered")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_colleges_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_colleges")),
        sa.UniqueConstraint("body_id", "code", name=op.f("uq_colleges_body_id_code")),
    )
    with op.batch_alter_table("colleges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_colleges_body_id"), ["body_id"], unique=False)

    op.create_table(
        "distribution_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("quality", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_distribution_entries_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distribution_entries")),
    )
    with op.batch_alter_table("distribution_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_distribution_entries_body_id"), ["body_id"], unique=False)

    op.create_table(
        "body_rulebooks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "subject",
            sa.Enum(
                "COMPOSITION",
                "FUNCTIONING",
                name="rulebooksubject",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_body_rulebooks_counted_from_one")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_body_rulebooks_body_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_body_rulebooks_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_rulebooks")),
        sa.UniqueConstraint("body_id", "subject", "version", name=op.f("uq_body_rulebooks_body_id_subject_version")),
    )
    with op.batch_alter_table("body_rulebooks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_body_rulebooks_body_id"), ["body_id"], unique=False)

    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("first_name", sa.String(length=80), nullable=False),
        sa.Column("last_name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
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
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("quality", sa.String(length=200), nullable=False),
        sa.Column("name_is_public", sa.Boolean(), nullable=False),
        sa.Column("declared_free", sa.Boolean(), nullable=True),
        sa.Column("guardian_agreed", sa.Boolean(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_members_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_members_person_id")),
        sa.ForeignKeyConstraint(["quartier_id"], ["quartiers.id"], name=op.f("fk_members_quartier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.create_index("ix_members_person", ["person_id"], unique=False)

    op.create_table(
        "seat_types",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("college_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "recruitment",
            sa.Enum(
                "DRAW",
                "VOLUNTEER",
                "APPLICATION",
                "NOMINATION",
                "ELECTION",
                "RIGHT",
                name="recruitment",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("min_age", sa.Integer(), nullable=True),
        sa.Column("max_age", sa.Integer(), nullable=True),
        sa.Column("has_vote", sa.Boolean(), nullable=False),
        sa.CheckConstraint("min_age IS NULL OR max_age IS NULL OR min_age <= max_age", name=op.f("ck_seat_types_ages")),
        sa.ForeignKeyConstraint(["college_id"], ["colleges.id"], name=op.f("fk_seat_types_college_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_types")),
        sa.UniqueConstraint("college_id", "code", name=op.f("uq_seat_types_college_id_code")),
    )
    with op.batch_alter_table("seat_types", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_types_college_id"), ["college_id"], unique=False)

    op.create_table(
        "body_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "DIAGNOSTIC",
                "CHARTER",
                "PREFECT_ORDER",
                "MAYOR_OPINION",
                "EPCI_OPINION",
                "NOTICE_TO_SIGNATORIES",
                "HOST_CONVENTION",
                "MISSION_LETTER",
                "CONTRACT_CLAUSE",
                "OTHER",
                name="paperkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("signatures", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.String(length=32), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("signatures IS NULL OR signatures >= 0", name=op.f("ck_body_papers_signatures")),
        sa.ForeignKeyConstraint(["added_by_id"], ["people.id"], name=op.f("fk_body_papers_added_by_id")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_body_papers_body_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_body_papers_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_papers")),
    )
    with op.batch_alter_table("body_papers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_body_papers_body_id"), ["body_id"], unique=False)

    op.create_table(
        "seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("seat_type_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("quartier_id", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name=op.f("ck_seats_ordered")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_seats_body_id")),
        sa.ForeignKeyConstraint(["quartier_id"], ["quartiers.id"], name=op.f("fk_seats_quartier_id")),
        sa.ForeignKeyConstraint(["seat_type_id"], ["seat_types.id"], name=op.f("fk_seats_seat_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
        sa.UniqueConstraint("seat_type_id", "number", name=op.f("uq_seats_seat_type_id_number")),
    )
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seats_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seats_seat_type_id"), ["seat_type_id"], unique=False)

    op.create_table(
        "mandates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "standing",
            sa.Enum("TITULAR", "ALTERNATE", name="standing", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "recruitment",
            sa.Enum(
                "DRAW",
                "VOLUNTEER",
                "APPLICATION",
                "NOMINATION",
                "ELECTION",
                "RIGHT",
                name="recruitment",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column(
            "end_reason",
            sa.Enum(
                "TERM",
                "RESIGNED",
                "MOVED",
                "LOST_QUALITY",
                "EXCLUDED",
                "DECEASED",
                "BODY_ENDED",
                name="endreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("end_words", sa.Text(), nullable=False),
        sa.Column("represents_body_id", sa.Integer(), nullable=True),
        sa.Column("source_kind", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.String(length=60), nullable=False),
        sa.CheckConstraint("(ended_on IS NULL) = (end_reason IS NULL)", name=op.f("ck_mandates_ended_for_a_reason")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_mandates_ordered")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_mandates_member_id")),
        sa.ForeignKeyConstraint(["represents_body_id"], ["bodies.id"], name=op.f("fk_mandates_represents_body_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_mandates_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandates")),
    )
    with op.batch_alter_table("mandates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mandates_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mandates_represents_body_id"), ["represents_body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mandates_seat_id"), ["seat_id"], unique=False)
        batch_op.create_index(
            "uq_mandates_one_titular",
            ["seat_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL AND standing = 'TITULAR'"),
            postgresql_where=sa.text("ended_on IS NULL AND standing = 'TITULAR'"),
        )

    op.create_table(
        "offices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "CHAIR",
                "CO_CHAIR",
                "VICE_CHAIR",
                "SECRETARY",
                "TREASURER",
                name="officekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= starts_on", name=op.f("ck_offices_ordered")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_offices_mandate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
    )
    with op.batch_alter_table("offices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offices_mandate_id"), ["mandate_id"], unique=False)

    widen_codes("bodies", "kind", "bodykind", OLD_KINDS, KINDS)
    add_codes_column("bodies", "state", "bodystate", STATES, default="ACTIVE")
    add_codes_column("bodies", "regime", "legalregime", ("LAMY_2014", "DECRET_2024_1037"))
    add_codes_column("bodies", "power", "power", ("DECIDES", "PREPARES", "ADVISES"), default="ADVISES")
    add_column("bodies", "is_independent", "BOOLEAN", default="false")
    add_column("bodies", "purpose", "TEXT", default="''")
    add_column("bodies", "perimeter", "VARCHAR(300)", default="''")
    add_column(
        "bodies", "yearly_seances", "INTEGER", checks={"some_seances": "yearly_seances IS NULL OR yearly_seances > 0"}
    )
    add_column(
        "bodies",
        "mandate_months",
        "INTEGER",
        checks={"lasting_mandates": "mandate_months IS NULL OR mandate_months > 0"},
    )
    add_column("bodies", "parent_id", "INTEGER", references="bodies.id")
    add_column(
        "bodies", "merged_into_id", "INTEGER", references="bodies.id",
        checks={"merged_somewhere": "(state = 'MERGED') = (merged_into_id IS NOT NULL)"},
    )  # fmt: skip
    add_column("bodies", "created_on", "DATE")
    add_column("bodies", "ended_on", "DATE")
    add_column("bodies", "host_organisation_id", "INTEGER", references="organisations.id")
    add_column("bodies", "is_association", "BOOLEAN", default="false")
    op.create_index("ix_bodies_merged_into_id", "bodies", ["merged_into_id"])
    op.create_index("ix_bodies_parent_id", "bodies", ["parent_id"])
    refuse_changes("body_rulebooks")


def downgrade() -> None:
    op.drop_index("ix_bodies_parent_id", "bodies")
    op.drop_index("ix_bodies_merged_into_id", "bodies")
    drop_columns(
        "bodies", "is_association", "host_organisation_id", "ended_on", "created_on", "merged_into_id", "parent_id",
        "mandate_months", "yearly_seances", "perimeter", "purpose", "is_independent", "power", "regime", "state",
    )  # fmt: skip
    widen_codes("bodies", "kind", "bodykind", KINDS, OLD_KINDS)

    with op.batch_alter_table("offices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offices_mandate_id"))

    op.drop_table("offices")
    with op.batch_alter_table("mandates", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_mandates_one_titular",
            sqlite_where=sa.text("ended_on IS NULL AND standing = 'TITULAR'"),
            postgresql_where=sa.text("ended_on IS NULL AND standing = 'TITULAR'"),
        )
        batch_op.drop_index(batch_op.f("ix_mandates_seat_id"))
        batch_op.drop_index(batch_op.f("ix_mandates_represents_body_id"))
        batch_op.drop_index(batch_op.f("ix_mandates_member_id"))

    op.drop_table("mandates")
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seats_seat_type_id"))
        batch_op.drop_index(batch_op.f("ix_seats_body_id"))

    op.drop_table("seats")
    with op.batch_alter_table("body_papers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_body_papers_body_id"))

    op.drop_table("body_papers")
    with op.batch_alter_table("seat_types", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_types_college_id"))

    op.drop_table("seat_types")
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.drop_index("ix_members_person")

    op.drop_table("members")
    with op.batch_alter_table("body_rulebooks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_body_rulebooks_body_id"))

    op.drop_table("body_rulebooks")
    with op.batch_alter_table("distribution_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_distribution_entries_body_id"))

    op.drop_table("distribution_entries")
    with op.batch_alter_table("colleges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_colleges_body_id"))

    op.drop_table("colleges")
    forget_refusals("body_rulebooks")
