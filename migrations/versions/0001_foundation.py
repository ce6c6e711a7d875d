"""The first tables: accounts, territories, register, démarches, ideas, votes, budgets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import change_refusals

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# What the database itself refuses, frozen as it was on the day of this migration.
REFUSED = {
    "governance_records": {"update": "", "delete": ""},
    "journal": {"update": "", "delete": ""},
    "scrutins": {
        "update": "(OLD.opens_at <= CURRENT_TIMESTAMP AND (OLD.id <> NEW.id OR OLD.opens_at <> NEW.opens_at OR OLD.closes_at <> NEW.closes_at OR OLD.rules <> NEW.rules OR OLD.rules_sha256 <> NEW.rules_sha256 OR OLD.eligibility <> NEW.eligibility OR OLD.openers_needed <> NEW.openers_needed OR OLD.minimum_batch <> NEW.minimum_batch OR OLD.imported <> NEW.imported)) OR (OLD.result IS NOT NULL AND (NEW.result IS NULL OR NEW.result <> OLD.result OR NEW.result_sha256 IS NULL OR NEW.result_sha256 <> OLD.result_sha256 OR NEW.counted_at IS NULL OR NEW.counted_at <> OLD.counted_at OR NEW.seed <> OLD.seed))",
        "delete": "OLD.opens_at <= CURRENT_TIMESTAMP OR OLD.result IS NOT NULL",
    },
    "ballot_arrivals": {
        "update": "",
        "delete": "NOT EXISTS (SELECT 1 FROM ballots WHERE ballots.scrutin_id = OLD.scrutin_id AND ballots.receipt_hash = OLD.receipt_hash AND ballots.content = OLD.content)",
    },
    "ballots": {"update": "", "delete": ""},
    "count_openings": {"update": "", "delete": ""},
    "emargements": {
        "update": "OLD.scrutin_id <> NEW.scrutin_id OR OLD.person_id <> NEW.person_id OR OLD.channel <> NEW.channel OR OLD.day <> NEW.day",
        "delete": "",
    },
    "idea_answers": {"update": "", "delete": ""},
    "idea_moderation_decisions": {"update": "", "delete": ""},
    "reglements": {"update": "OLD.frozen_at IS NOT NULL", "delete": "OLD.frozen_at IS NOT NULL"},
    "scrutin_projects": {
        "update": "EXISTS (SELECT 1 FROM scrutins WHERE scrutins.id = OLD.scrutin_id AND scrutins.opens_at <= CURRENT_TIMESTAMP)",
        "delete": "EXISTS (SELECT 1 FROM scrutins WHERE scrutins.id = OLD.scrutin_id AND scrutins.opens_at <= CURRENT_TIMESTAMP)",
    },
    "seals": {"update": "", "delete": ""},
    "cost_revisions": {"update": "", "delete": ""},
}


def refuse_changes() -> None:
    """Sets the triggers; TRUNCATE, which fires no row trigger, is refused apart."""
    dialect = op.get_bind().dialect.name
    for table, conditions in REFUSED.items():
        for statement in change_refusals(table, conditions["update"], conditions["delete"])[dialect]:
            op.get_bind().exec_driver_sql(statement.replace("%", "%%") if dialect == "postgresql" else statement)


def forget_refusals() -> None:
    """Drops the functions of PostgreSQL, which outlive their tables."""
    if op.get_bind().dialect.name == "postgresql":
        for table in REFUSED:
            for verb in ("update", "delete", "truncate"):
                op.execute(f"DROP FUNCTION IF EXISTS {table}_no_{verb}() CASCADE")


def upgrade() -> None:
    op.create_table(
        "age_brackets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=False),
        sa.Column("max_age", sa.Integer(), nullable=True),
        sa.CheckConstraint("max_age IS NULL OR max_age >= min_age", name=op.f("ck_age_brackets_ordered")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_age_brackets")),
        sa.UniqueConstraint("min_age", name=op.f("uq_age_brackets_min_age")),
    )
    op.create_table(
        "contracts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_contracts_ordered")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts")),
    )
    op.create_table(
        "idea_numbers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_idea_numbers_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_numbers")),
    )
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ASSOCIATION",
                "SERVICE",
                "LANDLORD",
                "STATE",
                "SCHOOL",
                "OTHER",
                name="organisationkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("name", name=op.f("uq_organisations_name")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_waiting", ["delivered_at", "next_try_at"], unique=False)

    op.create_table(
        "reminders",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_reminders")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("accent", sa.String(length=7), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("footer", sa.Text(), nullable=False),
        sa.Column("publication_director", sa.String(length=200), nullable=False),
        sa.Column("host", sa.String(length=300), nullable=False),
        sa.Column("moderation_before_publication", sa.Boolean(), nullable=False),
        sa.Column("idea_answer_days", sa.Integer(), nullable=False),
        sa.Column("small_cell_threshold", sa.Integer(), nullable=False),
        sa.Column("mail_kept_days", sa.Integer(), nullable=False),
        sa.Column("reminder_days", sa.Integer(), nullable=False),
        sa.Column("charter", sa.String(length=400), nullable=False),
        sa.Column("sign_up_link_hours", sa.Integer(), nullable=False),
        sa.Column("reset_link_minutes", sa.Integer(), nullable=False),
        sa.Column("session_days", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_site_one_row")),
        sa.CheckConstraint(
            "sign_up_link_hours > 0 AND reset_link_minutes > 0 AND session_days > 0", name=op.f("ck_site_lasting")
        ),
        sa.CheckConstraint("small_cell_threshold > 0", name=op.f("ck_site_small_cells")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_table(
        "bodies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "COPIL",
                "COTECH",
                "COMMISSION",
                "CONSEIL_CITOYEN",
                "TABLE_DE_QUARTIER",
                "COMITE",
                name="bodykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_bodies_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
        sa.UniqueConstraint("contract_id", "name", name=op.f("uq_bodies_contract_id_name")),
    )
    with op.batch_alter_table("bodies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bodies_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "quartiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("qpv_code", sa.String(length=8), nullable=True),
        sa.Column("commune", sa.String(length=120), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("population_year", sa.Integer(), nullable=True),
        sa.Column("population_source", sa.String(length=200), nullable=False),
        sa.Column("outline", sa.JSON(), nullable=True),
        sa.Column("referent_name", sa.String(length=120), nullable=False),
        sa.Column("referent_phone", sa.String(length=40), nullable=False),
        sa.Column("meeting_place", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "population IS NULL OR (population >= 0 AND population_year IS NOT NULL)",
            name=op.f("ck_quartiers_population"),
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_quartiers_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quartiers")),
        sa.UniqueConstraint("contract_id", "name", name=op.f("uq_quartiers_contract_id_name")),
        sa.UniqueConstraint("contract_id", "qpv_code", name=op.f("uq_quartiers_contract_id_qpv_code")),
    )
    with op.batch_alter_table("quartiers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quartiers_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "thematic_nodes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=80), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("plain_label", sa.String(length=300), nullable=False),
        sa.Column("pictogram", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_thematic_nodes_contract_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["thematic_nodes.id"], name=op.f("fk_thematic_nodes_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thematic_nodes")),
        sa.UniqueConstraint("contract_id", "code", name=op.f("uq_thematic_nodes_contract_id_code")),
    )
    with op.batch_alter_table("thematic_nodes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thematic_nodes_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "body_quartiers",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("quartier_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_body_quartiers_body_id")),
        sa.ForeignKeyConstraint(["quartier_id"], ["quartiers.id"], name=op.f("fk_body_quartiers_quartier_id")),
        sa.PrimaryKeyConstraint("body_id", "quartier_id", name=op.f("pk_body_quartiers")),
    )
    op.create_table(
        "pending_accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("pseudonym", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("quartier_id", sa.Integer(), nullable=True),
        sa.Column(
            "link",
            sa.Enum(
                "LIVES",
                "WORKS",
                "STUDIES",
                "VOLUNTEERS",
                "OTHER",
                name="link",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("age_bracket_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["age_bracket_id"], ["age_brackets.id"], name=op.f("fk_pending_accounts_age_bracket_id")
        ),
        sa.ForeignKeyConstraint(["quartier_id"], ["quartiers.id"], name=op.f("fk_pending_accounts_quartier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_accounts")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_pending_accounts_token_hash")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pseudonym", sa.String(length=40), nullable=False),
        sa.Column("pseudonym_key", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("card_identifier", sa.String(length=20), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("quartier_id", sa.Integer(), nullable=True),
        sa.Column(
            "link",
            sa.Enum(
                "LIVES",
                "WORKS",
                "STUDIES",
                "VOLUNTEERS",
                "OTHER",
                name="link",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("age_bracket_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deactivated_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["age_bracket_id"], ["age_brackets.id"], name=op.f("fk_people_age_bracket_id")),
        sa.ForeignKeyConstraint(["quartier_id"], ["quartiers.id"], name=op.f("fk_people_quartier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("card_identifier", name=op.f("uq_people_card_identifier")),
        sa.UniqueConstraint("email", name=op.f("uq_people_email")),
        sa.UniqueConstraint("pseudonym_key", name=op.f("uq_people_pseudonym_key")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_quartier_id"), ["quartier_id"], unique=False)

    op.create_table(
        "seances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("convocation_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_seances_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seances")),
    )
    with op.batch_alter_table("seances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seances_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seances_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identifier", sa.String(length=20), nullable=False),
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.Column("batch_rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_cards_made_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_cards_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sa.UniqueConstraint("batch", "batch_rank", name=op.f("uq_cards_batch_batch_rank")),
        sa.UniqueConstraint("identifier", name=op.f("uq_cards_identifier")),
        sa.UniqueConstraint("person_id", name=op.f("uq_cards_person_id")),
    )
    op.create_table(
        "governance_records",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "PV_DEPOUILLEMENT",
                "REGLEMENT",
                "CATALOGUE",
                "REALISATION",
                "CORRECTION",
                name="recordkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("title_key", sa.String(length=600), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("facts_sha256", sa.String(length=64), nullable=False),
        sa.Column("previous_sha256", sa.String(length=64), nullable=False),
        sa.Column("chain_sha256", sa.String(length=64), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "filed_as",
            sa.Enum(
                "ANIMATEUR", "AGENT", "ADMIN", "ELU", name="role", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("source_kind", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.String(length=60), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("corrects_position", sa.Integer(), nullable=True),
        sa.CheckConstraint("corrects_position < position", name=op.f("ck_governance_records_corrects_an_earlier_one")),
        sa.CheckConstraint(
            "length(facts_sha256) = 64 AND length(chain_sha256) = 64", name=op.f("ck_governance_records_whole_digests")
        ),
        sa.CheckConstraint("position > 0 AND rank > 0", name=op.f("ck_governance_records_counted_from_one")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_governance_records_body_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_governance_records_contract_id")),
        sa.ForeignKeyConstraint(
            ["corrects_position"], ["governance_records.position"], name=op.f("fk_governance_records_corrects_position")
        ),
        sa.ForeignKeyConstraint(["filed_by_id"], ["people.id"], name=op.f("fk_governance_records_filed_by_id")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_governance_records")),
        sa.UniqueConstraint("chain_sha256", name=op.f("uq_governance_records_chain_sha256")),
        sa.UniqueConstraint("corrects_position", name=op.f("uq_governance_records_corrects_position")),
        sa.UniqueConstraint("year", "rank", name=op.f("uq_governance_records_year_rank")),
        info={"refused_changes": ("", "")},
    )
    with op.batch_alter_table("governance_records", schema=None) as batch_op:
        batch_op.create_index("ix_governance_records_kind_position", ["kind", "position"], unique=False)
        batch_op.create_index(batch_op.f("ix_governance_records_title_key"), ["title_key"], unique=False)

    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=60), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_journal_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        info={"refused_changes": ("", "")},
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_at"), ["at"], unique=False)

    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notices_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notices_person_id"), ["person_id"], unique=False)

    op.create_table(
        "password_resets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_password_resets_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_resets")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_password_resets_token_hash")),
    )
    with op.batch_alter_table("password_resets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_password_resets_person_id"), ["person_id"], unique=False)

    op.create_table(
        "processes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("BUDGET_PARTICIPATIF", name="processkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("stakes", sa.Text(), nullable=False),
        sa.Column(
            "degree",
            sa.Enum(
                "INFORMATION",
                "CONSULTATION",
                "CONCERTATION",
                "CODECISION",
                name="degree",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.String(length=300), nullable=False),
        sa.Column("public_words", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("call_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposers", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_processes_contract_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_processes_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processes")),
    )
    with op.batch_alter_table("processes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_processes_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_processes_published_at"), ["published_at"], unique=False)

    op.create_table(
        "role_grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "ANIMATEUR", "AGENT", "ADMIN", "ELU", name="role", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "scope",
            sa.Enum(
                "EVERYWHERE",
                "CONTRACT",
                "QUARTIER",
                "BODY",
                name="scope",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("scope_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(scope = 'EVERYWHERE') = (scope_id IS NULL)", name=op.f("ck_role_grants_scope_names_its_object")
        ),
        sa.CheckConstraint("role <> 'ADMIN' OR scope = 'EVERYWHERE'", name=op.f("ck_role_grants_admin_everywhere")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_role_grants_ordered")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["people.id"], name=op.f("fk_role_grants_granted_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_role_grants_person_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["people.id"], name=op.f("fk_role_grants_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grants")),
    )
    with op.batch_alter_table("role_grants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grants_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sign_ins",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sign_ins_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_ins")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_person_id"), ["person_id"], unique=False)

    op.create_table(
        "stored_files",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=300), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["given_by_id"], ["people.id"], name=op.f("fk_stored_files_given_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
    )
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "PREPARATION",
                "CALL",
                "STUDY",
                "ANNOUNCED",
                "VOTE",
                "COUNTED",
                "REALISATION",
                "CLOSED",
                name="editionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("call_version", sa.Integer(), nullable=True),
        sa.Column("vote_version", sa.Integer(), nullable=True),
        sa.Column("call_closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("list_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("list_record_position", sa.Integer(), nullable=True),
        sa.Column("vote_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("results_announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("realisation_began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.String(length=200), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_record_position", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["closing_record_position"],
            ["governance_records.position"],
            name=op.f("fk_editions_closing_record_position"),
        ),
        sa.ForeignKeyConstraint(
            ["list_record_position"], ["governance_records.position"], name=op.f("fk_editions_list_record_position")
        ),
        sa.ForeignKeyConstraint(["process_id"], ["processes.id"], name=op.f("fk_editions_process_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("process_id", name=op.f("uq_editions_process_id")),
    )
    with op.batch_alter_table("editions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_editions_state"), ["state"], unique=False)

    op.create_table(
        "ideas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "SUBMITTED",
                "PUBLISHED",
                "RETURNED",
                "IN_STUDY",
                "ANSWERED",
                "MERGED",
                "WITHDRAWN",
                name="ideastate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("solution", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("all_quartiers", sa.Boolean(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("process_id", sa.Integer(), nullable=True),
        sa.Column("place_words", sa.String(length=300), nullable=False),
        sa.Column("latitude", sa.Integer(), nullable=True),
        sa.Column("longitude", sa.Integer(), nullable=True),
        sa.Column("photo_id", sa.String(length=32), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(length=80), nullable=False),
        sa.Column(
            "author_type",
            sa.Enum(
                "RESIDENT",
                "GROUP",
                "ASSOCIATION",
                "SCHOOL",
                "CONSEIL_CITOYEN",
                name="authortype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("group_name", sa.String(length=120), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "ONLINE",
                "PAPER",
                "WORKSHOP",
                "PHONE",
                "OUTREACH",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("agreement_recorded", sa.Boolean(), nullable=False),
        sa.Column("take_over_hash", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("study_began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("support_count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(listed_at IS NOT NULL) = (state IN ('PUBLISHED', 'IN_STUDY', 'ANSWERED', 'MERGED'))",
            name=op.f("ck_ideas_listed_when_public"),
        ),
        sa.CheckConstraint(
            "(state = 'MERGED') = (merged_into_id IS NOT NULL)", name=op.f("ck_ideas_merged_names_its_target")
        ),
        sa.CheckConstraint(
            "state = 'DRAFT' OR length(need) + length(solution) > 0", name=op.f("ck_ideas_need_or_solution")
        ),
        sa.CheckConstraint("state = 'DRAFT' OR length(title) > 0", name=op.f("ck_ideas_titled_once_submitted")),
        sa.CheckConstraint("state = 'DRAFT' OR number IS NOT NULL", name=op.f("ck_ideas_numbered_once_submitted")),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_ideas_whole_point")),
        sa.CheckConstraint(
            "author_id IS NOT NULL OR entered_by_id IS NOT NULL", name=op.f("ck_ideas_somebody_gave_it")
        ),
        sa.CheckConstraint("entered_by_id IS NULL OR agreement_recorded", name=op.f("ck_ideas_agreement")),
        sa.CheckConstraint("latitude BETWEEN -90000000 AND 90000000", name=op.f("ck_ideas_latitude")),
        sa.CheckConstraint(
            "length(title) <= 120 AND length(need) <= 3000 AND length(solution) <= 3000", name=op.f("ck_ideas_lengths")
        ),
        sa.CheckConstraint("longitude BETWEEN -180000000 AND 180000000", name=op.f("ck_ideas_longitude")),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_ideas_merged_elsewhere")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_ideas_number_from_one")),
        sa.CheckConstraint("support_count >= 0", name=op.f("ck_ideas_supports_from_zero")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_ideas_author_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["people.id"], name=op.f("fk_ideas_entered_by_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["ideas.id"], name=op.f("fk_ideas_merged_into_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["stored_files.id"], name=op.f("fk_ideas_photo_id")),
        sa.ForeignKeyConstraint(["process_id"], ["processes.id"], name=op.f("fk_ideas_process_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["thematic_nodes.id"], name=op.f("fk_ideas_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ideas")),
        sa.UniqueConstraint("key", name=op.f("uq_ideas_key")),
        sa.UniqueConstraint("number", name=op.f("uq_ideas_number")),
        sa.UniqueConstraint("take_over_hash", name=op.f("uq_ideas_take_over_hash")),
    )
    with op.batch_alter_table("ideas", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ideas_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ideas_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ideas_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index("ix_ideas_newest", ["listed_at", "id"], unique=False)
        batch_op.create_index("ix_ideas_newest_in_state", ["state", "listed_at", "id"], unique=False)
        batch_op.create_index("ix_ideas_newest_of_process", ["process_id", "listed_at", "id"], unique=False)
        batch_op.create_index("ix_ideas_newest_of_theme", ["theme_id", "listed_at", "id"], unique=False)
        batch_op.create_index("ix_ideas_supported", ["support_count", "id"], unique=False)
        batch_op.create_index("ix_ideas_supported_in_state", ["state", "support_count", "id"], unique=False)
        batch_op.create_index("ix_ideas_supported_of_process", ["process_id", "support_count", "id"], unique=False)
        batch_op.create_index("ix_ideas_supported_of_theme", ["theme_id", "support_count", "id"], unique=False)
        batch_op.create_index("ix_ideas_waiting", ["state", "submitted_at", "id"], unique=False)

    op.create_table(
        "phases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column(
            "code",
            sa.Enum(
                "FRAMING",
                "CALL",
                "STUDY",
                "ANNOUNCEMENT",
                "VOTE",
                "REALISATION",
                name="phasecode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_phases_ordered")),
        sa.ForeignKeyConstraint(["process_id"], ["processes.id"], name=op.f("fk_phases_process_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phases")),
        sa.UniqueConstraint("process_id", "code", name=op.f("uq_phases_process_id_code")),
    )
    with op.batch_alter_table("phases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phases_process_id"), ["process_id"], unique=False)

    op.create_table(
        "process_quartiers",
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("quartier_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["process_id"], ["processes.id"], name=op.f("fk_process_quartiers_process_id")),
        sa.ForeignKeyConstraint(["quartier_id"], ["quartiers.id"], name=op.f("fk_process_quartiers_quartier_id")),
        sa.PrimaryKeyConstraint("process_id", "quartier_id", name=op.f("pk_process_quartiers")),
    )
    op.create_table(
        "scrutins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("rules_sha256", sa.String(length=64), nullable=False),
        sa.Column("eligibility", sa.Text(), nullable=False),
        sa.Column("openers_needed", sa.Integer(), nullable=False),
        sa.Column("minimum_batch", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=200), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("result_sha256", sa.String(length=64), nullable=True),
        sa.Column("wiped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("source_name", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(counted_at IS NULL) = (result IS NULL) AND (result IS NULL) = (result_sha256 IS NULL)",
            name=op.f("ck_scrutins_whole_result"),
        ),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_scrutins_ordered")),
        sa.CheckConstraint("imported OR openers_needed >= 2", name=op.f("ck_scrutins_two_openers")),
        sa.CheckConstraint("minimum_batch >= 10", name=op.f("ck_scrutins_batch_of_ten")),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_scrutins_contract_id")),
        sa.ForeignKeyConstraint(["process_id"], ["processes.id"], name=op.f("fk_scrutins_process_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scrutins")),
        info={
            "refused_changes": (
                "(OLD.opens_at <= CURRENT_TIMESTAMP AND (OLD.id <> NEW.id OR OLD.opens_at <> NEW.opens_at OR OLD.closes_at <> NEW.closes_at OR OLD.rules <> NEW.rules OR OLD.rules_sha256 <> NEW.rules_sha256 OR OLD.eligibility <> NEW.eligibility OR OLD.openers_needed <> NEW.openers_needed OR OLD.minimum_batch <> NEW.minimum_batch OR OLD.imported <> NEW.imported)) OR (OLD.result IS NOT NULL AND (NEW.result IS NULL OR NEW.result <> OLD.result OR NEW.result_sha256 IS NULL OR NEW.result_sha256 <> OLD.result_sha256 OR NEW.counted_at IS NULL OR NEW.counted_at <> OLD.counted_at OR NEW.seed <> OLD.seed))",
                "OLD.opens_at <= CURRENT_TIMESTAMP OR OLD.result IS NOT NULL",
            )
        },
    )
    with op.batch_alter_table("scrutins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scrutins_closes_at"), ["closes_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_scrutins_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scrutins_process_id"), ["process_id"], unique=False)

    op.create_table(
        "ballot_arrivals",
        sa.Column("scrutin_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("receipt_hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["scrutin_id"], ["scrutins.id"], name=op.f("fk_ballot_arrivals_scrutin_id")),
        sa.PrimaryKeyConstraint("scrutin_id", "receipt_hash", name=op.f("pk_ballot_arrivals")),
        info={
            "refused_changes": (
                "",
                "NOT EXISTS (SELECT 1 FROM ballots WHERE ballots.scrutin_id = OLD.scrutin_id AND ballots.receipt_hash = OLD.receipt_hash AND ballots.content = OLD.content)",
            )
        },
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballots",
        sa.Column("scrutin_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("receipt_hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["scrutin_id"], ["scrutins.id"], name=op.f("fk_ballots_scrutin_id")),
        sa.PrimaryKeyConstraint("scrutin_id", "receipt_hash", name=op.f("pk_ballots")),
        info={"refused_changes": ("", "")},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "count_openings",
        sa.Column("scrutin_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_count_openings_person_id")),
        sa.ForeignKeyConstraint(["scrutin_id"], ["scrutins.id"], name=op.f("fk_count_openings_scrutin_id")),
        sa.PrimaryKeyConstraint("scrutin_id", "person_id", name=op.f("pk_count_openings")),
        info={"refused_changes": ("", "")},
    )
    op.create_table(
        "emargements",
        sa.Column("scrutin_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "channel",
            sa.Enum("ONLINE", "PAPER", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["scrutin_id"], ["scrutins.id"], name=op.f("fk_emargements_scrutin_id")),
        sa.PrimaryKeyConstraint("scrutin_id", "person_id", name=op.f("pk_emargements")),
        info={
            "refused_changes": (
                "OLD.scrutin_id <> NEW.scrutin_id OR OLD.person_id <> NEW.person_id OR OLD.channel <> NEW.channel OR OLD.day <> NEW.day",
                "",
            )
        },
        sqlite_with_rowid=False,
    )
    op.create_table(
        "idea_abuse_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "INSULT",
                "DISCRIMINATION",
                "PRIVATE",
                "ADVERTISING",
                "FALSE",
                "OTHER",
                name="abusereason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("KEPT", "UNPUBLISHED", name="abuseoutcome", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(handled_at IS NULL) = (outcome IS NULL)", name=op.f("ck_idea_abuse_reports_handled_with_an_outcome")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_idea_abuse_reports_by_id")),
        sa.ForeignKeyConstraint(["handled_by_id"], ["people.id"], name=op.f("fk_idea_abuse_reports_handled_by_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_abuse_reports_idea_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_abuse_reports")),
        sa.UniqueConstraint("idea_id", "by_id", name=op.f("uq_idea_abuse_reports_idea_id_by_id")),
    )
    with op.batch_alter_table("idea_abuse_reports", schema=None) as batch_op:
        batch_op.create_index("ix_idea_abuse_reports_waiting", ["handled_at", "at", "id"], unique=False)

    op.create_table(
        "idea_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "ON_BALLOT",
                "RETAINED",
                "ADAPTED",
                "ALREADY_PLANNED",
                "FORWARDED",
                "NOT_ADMISSIBLE",
                "NOT_FEASIBLE",
                "NOT_RETAINED",
                name="answeroutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_idea_answers_reasoned")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_idea_answers_by_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_answers_idea_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_answers")),
        info={"refused_changes": ("", "")},
    )
    with op.batch_alter_table("idea_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_answers_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "idea_merge_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_idea_merge_questions_answered_on_a_day")
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_merge_questions_idea_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_idea_merge_questions_person_id")),
        sa.ForeignKeyConstraint(["target_id"], ["ideas.id"], name=op.f("fk_idea_merge_questions_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_merge_questions")),
        sa.UniqueConstraint("idea_id", "person_id", name=op.f("uq_idea_merge_questions_idea_id_person_id")),
    )
    with op.batch_alter_table("idea_merge_questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_merge_questions_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_merge_questions_target_id"), ["target_id"], unique=False)

    op.create_table(
        "idea_moderation_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column(
            "verb",
            sa.Enum(
                "PUBLISH",
                "RETURN",
                "UNPUBLISH",
                name="moderationverb",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_idea_moderation_decisions_by_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_moderation_decisions_idea_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_moderation_decisions")),
        info={"refused_changes": ("", "")},
    )
    with op.batch_alter_table("idea_moderation_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_moderation_decisions_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "idea_quartiers",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("quartier_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_quartiers_idea_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["quartier_id"], ["quartiers.id"], name=op.f("fk_idea_quartiers_quartier_id")),
        sa.PrimaryKeyConstraint("idea_id", "quartier_id", name=op.f("pk_idea_quartiers")),
    )
    with op.batch_alter_table("idea_quartiers", schema=None) as batch_op:
        batch_op.create_index("ix_idea_quartiers_quartier", ["quartier_id", "idea_id"], unique=False)

    op.create_table(
        "idea_supports",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_supports_idea_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_idea_supports_person_id")),
        sa.PrimaryKeyConstraint("idea_id", "person_id", name=op.f("pk_idea_supports")),
    )
    with op.batch_alter_table("idea_supports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_supports_person_id"), ["person_id"], unique=False)

    op.create_table(
        "idea_words",
        sa.Column("word", sa.String(length=12), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_words_idea_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word", "idea_id", name=op.f("pk_idea_words")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("idea_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_words_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "reglements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("record_position", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(frozen_at IS NULL) = (record_position IS NULL)", name=op.f("ck_reglements_frozen_in_the_register")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_reglements_counted_from_one")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_reglements_edition_id")),
        sa.ForeignKeyConstraint(
            ["record_position"], ["governance_records.position"], name=op.f("fk_reglements_record_position")
        ),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_reglements_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reglements")),
        sa.UniqueConstraint("edition_id", "version", name=op.f("uq_reglements_edition_id_version")),
        info={"refused_changes": ("OLD.frozen_at IS NOT NULL", "OLD.frozen_at IS NOT NULL")},
    )
    with op.batch_alter_table("reglements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reglements_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(
            "ix_reglements_one_draft",
            ["edition_id"],
            unique=True,
            sqlite_where=sa.text("frozen_at IS NULL"),
            postgresql_where=sa.text("frozen_at IS NULL"),
        )

    op.create_table(
        "scrutin_projects",
        sa.Column("scrutin_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("cost_cents", sa.BigInteger(), nullable=False),
        sa.Column("sub_envelope", sa.Text(), nullable=True),
        sa.Column("quartier", sa.Text(), nullable=False),
        sa.Column("pictogram", sa.String(length=40), nullable=False),
        sa.Column("picture_id", sa.String(length=32), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("cost_cents >= 0", name=op.f("ck_scrutin_projects_cost")),
        sa.ForeignKeyConstraint(["picture_id"], ["stored_files.id"], name=op.f("fk_scrutin_projects_picture_id")),
        sa.ForeignKeyConstraint(["scrutin_id"], ["scrutins.id"], name=op.f("fk_scrutin_projects_scrutin_id")),
        sa.PrimaryKeyConstraint("scrutin_id", "ref", name=op.f("pk_scrutin_projects")),
        info={
            "refused_changes": (
                "EXISTS (SELECT 1 FROM scrutins WHERE scrutins.id = OLD.scrutin_id AND scrutins.opens_at <= CURRENT_TIMESTAMP)",
                "EXISTS (SELECT 1 FROM scrutins WHERE scrutins.id = OLD.scrutin_id AND scrutins.opens_at <= CURRENT_TIMESTAMP)",
            )
        },
    )
    op.create_table(
        "seals",
        sa.Column("scrutin_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("num", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("emargements", sa.Integer(), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("ballots > 0", name=op.f("ck_seals_not_empty")),
        sa.CheckConstraint("emargements = ballots", name=op.f("ck_seals_as_many_people_as_ballots")),
        sa.ForeignKeyConstraint(["scrutin_id"], ["scrutins.id"], name=op.f("fk_seals_scrutin_id")),
        sa.PrimaryKeyConstraint("scrutin_id", "num", name=op.f("pk_seals")),
        info={"refused_changes": ("", "")},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "studies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("reglement_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "IN_PROGRESS",
                "ADMITTED",
                "EXCLUDED",
                name="studystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column(
            "feasibility",
            sa.Enum("YES", "ADAPTED", "NO", name="feasibility", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("adaptation", sa.Text(), nullable=False),
        sa.Column("adaptation_agreed_on", sa.Date(), nullable=True),
        sa.Column("investment_cents", sa.BigInteger(), nullable=True),
        sa.Column("running_cents", sa.BigInteger(), nullable=True),
        sa.Column("delay_months", sa.Integer(), nullable=True),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'IN_PROGRESS') = (concluded_at IS NULL)", name=op.f("ck_studies_concluded_on_a_day")
        ),
        sa.CheckConstraint(
            "state <> 'ADMITTED' OR (feasibility IN ('YES', 'ADAPTED') AND investment_cents IS NOT NULL AND running_cents IS NOT NULL AND delay_months IS NOT NULL AND responsible_id IS NOT NULL)",
            name=op.f("ck_studies_yes_has_a_price"),
        ),
        sa.CheckConstraint(
            "state <> 'ADMITTED' OR feasibility <> 'ADAPTED' OR (length(adaptation) > 0 AND adaptation_agreed_on IS NOT NULL)",
            name=op.f("ck_studies_adaptation_is_agreed"),
        ),
        sa.CheckConstraint("state <> 'EXCLUDED' OR length(reason) > 0", name=op.f("ck_studies_refusal_has_a_reason")),
        sa.CheckConstraint("investment_cents > 0", name=op.f("ck_studies_price")),
        sa.CheckConstraint("running_cents >= 0", name=op.f("ck_studies_running")),
        sa.ForeignKeyConstraint(["agent_id"], ["people.id"], name=op.f("fk_studies_agent_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_studies_edition_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_studies_idea_id")),
        sa.ForeignKeyConstraint(["reglement_id"], ["reglements.id"], name=op.f("fk_studies_reglement_id")),
        sa.ForeignKeyConstraint(["responsible_id"], ["organisations.id"], name=op.f("fk_studies_responsible_id")),
        sa.ForeignKeyConstraint(["service_id"], ["organisations.id"], name=op.f("fk_studies_service_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_studies_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_studies")),
        sa.UniqueConstraint("idea_id", name=op.f("uq_studies_idea_id")),
    )
    with op.batch_alter_table("studies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_studies_agent_id"), ["agent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_studies_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "projects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(length=600), nullable=False),
        sa.Column("cost_cents", sa.BigInteger(), nullable=False),
        sa.Column("present_cost_cents", sa.BigInteger(), nullable=False),
        sa.Column("spent_cents", sa.BigInteger(), nullable=False),
        sa.Column("reserve_id", sa.String(length=20), nullable=True),
        sa.Column("quartier_id", sa.Integer(), nullable=True),
        sa.Column("photo_id", sa.String(length=32), nullable=True),
        sa.Column("pictogram", sa.String(length=40), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column(
            "works",
            sa.Enum(
                "NOT_STARTED",
                "STARTED",
                "DELIVERED",
                "ABANDONED",
                name="worksstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("works_began_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("delivery_note", sa.Text(), nullable=False),
        sa.Column("abandoned_on", sa.Date(), nullable=True),
        sa.Column("abandon_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "works <> 'ABANDONED' OR length(abandon_reason) > 0", name=op.f("ck_projects_abandoned_with_a_reason")
        ),
        sa.CheckConstraint(
            "works <> 'DELIVERED' OR delivered_on IS NOT NULL", name=op.f("ck_projects_delivered_on_a_day")
        ),
        sa.CheckConstraint("cost_cents > 0", name=op.f("ck_projects_cost")),
        sa.CheckConstraint(
            "spent_cents >= 0 AND spent_cents <= present_cost_cents", name=op.f("ck_projects_never_overspent")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_projects_edition_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_projects_idea_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["stored_files.id"], name=op.f("fk_projects_photo_id")),
        sa.ForeignKeyConstraint(["quartier_id"], ["quartiers.id"], name=op.f("fk_projects_quartier_id")),
        sa.ForeignKeyConstraint(["service_id"], ["organisations.id"], name=op.f("fk_projects_service_id")),
        sa.ForeignKeyConstraint(["study_id"], ["studies.id"], name=op.f("fk_projects_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sa.UniqueConstraint("idea_id", name=op.f("uq_projects_idea_id")),
        sa.UniqueConstraint("number", name=op.f("uq_projects_number")),
        sa.UniqueConstraint("study_id", name=op.f("uq_projects_study_id")),
    )
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_projects_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_projects_quartier_id"), ["quartier_id"], unique=False)

    op.create_table(
        "study_findings",
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "MET",
                "NOT_MET",
                "NOT_APPLICABLE",
                name="criterionverdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "verdict <> 'NOT_MET' OR length(reason) > 0", name=op.f("ck_study_findings_not_met_has_a_reason")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["studies.id"], name=op.f("fk_study_findings_study_id")),
        sa.PrimaryKeyConstraint("study_id", "code", name=op.f("pk_study_findings")),
    )
    op.create_table(
        "cost_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("before_cents", sa.BigInteger(), nullable=False),
        sa.Column("after_cents", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("revised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revised_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("after_cents > 0", name=op.f("ck_cost_revisions_amount")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_cost_revisions_reasoned")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_cost_revisions_project_id")),
        sa.ForeignKeyConstraint(["revised_by_id"], ["people.id"], name=op.f("fk_cost_revisions_revised_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_revisions")),
        info={"refused_changes": ("", "")},
    )
    with op.batch_alter_table("cost_revisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cost_revisions_project_id"), ["project_id"], unique=False)

    op.create_table(
        "milestones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("photo_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["photo_id"], ["stored_files.id"], name=op.f("fk_milestones_photo_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_milestones_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestones_project_id"), ["project_id"], unique=False)
        batch_op.create_index("ix_milestones_waiting", ["done_on", "planned_on"], unique=False)

    op.create_table(
        "spendings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_spendings_amount")),
        sa.CheckConstraint(
            "cancelled_at IS NULL OR length(cancel_reason) > 0", name=op.f("ck_spendings_cancelled_with_a_reason")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_spendings_project_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_spendings_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spendings")),
    )
    with op.batch_alter_table("spendings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spendings_project_id"), ["project_id"], unique=False)

    refuse_changes()


def downgrade() -> None:
    forget_refusals()
    with op.batch_alter_table("spendings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spendings_project_id"))

    op.drop_table("spendings")
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_index("ix_milestones_waiting")
        batch_op.drop_index(batch_op.f("ix_milestones_project_id"))

    op.drop_table("milestones")
    with op.batch_alter_table("cost_revisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cost_revisions_project_id"))

    op.drop_table("cost_revisions")
    op.drop_table("study_findings")
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_projects_quartier_id"))
        batch_op.drop_index(batch_op.f("ix_projects_edition_id"))

    op.drop_table("projects")
    with op.batch_alter_table("studies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_studies_edition_id"))
        batch_op.drop_index(batch_op.f("ix_studies_agent_id"))

    op.drop_table("studies")
    op.drop_table("seals")
    op.drop_table("scrutin_projects")
    with op.batch_alter_table("reglements", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_reglements_one_draft",
            sqlite_where=sa.text("frozen_at IS NULL"),
            postgresql_where=sa.text("frozen_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_reglements_edition_id"))

    op.drop_table("reglements")
    with op.batch_alter_table("idea_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_words_idea_id"))

    op.drop_table("idea_words")
    with op.batch_alter_table("idea_supports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_supports_person_id"))

    op.drop_table("idea_supports")
    with op.batch_alter_table("idea_quartiers", schema=None) as batch_op:
        batch_op.drop_index("ix_idea_quartiers_quartier")

    op.drop_table("idea_quartiers")
    with op.batch_alter_table("idea_moderation_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_moderation_decisions_idea_id"))

    op.drop_table("idea_moderation_decisions")
    with op.batch_alter_table("idea_merge_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_merge_questions_target_id"))
        batch_op.drop_index(batch_op.f("ix_idea_merge_questions_person_id"))

    op.drop_table("idea_merge_questions")
    with op.batch_alter_table("idea_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_answers_idea_id"))

    op.drop_table("idea_answers")
    with op.batch_alter_table("idea_abuse_reports", schema=None) as batch_op:
        batch_op.drop_index("ix_idea_abuse_reports_waiting")

    op.drop_table("idea_abuse_reports")
    op.drop_table("emargements")
    op.drop_table("count_openings")
    op.drop_table("ballots")
    op.drop_table("ballot_arrivals")
    with op.batch_alter_table("scrutins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scrutins_process_id"))
        batch_op.drop_index(batch_op.f("ix_scrutins_contract_id"))
        batch_op.drop_index(batch_op.f("ix_scrutins_closes_at"))

    op.drop_table("scrutins")
    op.drop_table("process_quartiers")
    with op.batch_alter_table("phases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phases_process_id"))

    op.drop_table("phases")
    with op.batch_alter_table("ideas", schema=None) as batch_op:
        batch_op.drop_index("ix_ideas_waiting")
        batch_op.drop_index("ix_ideas_supported_of_theme")
        batch_op.drop_index("ix_ideas_supported_of_process")
        batch_op.drop_index("ix_ideas_supported_in_state")
        batch_op.drop_index("ix_ideas_supported")
        batch_op.drop_index("ix_ideas_newest_of_theme")
        batch_op.drop_index("ix_ideas_newest_of_process")
        batch_op.drop_index("ix_ideas_newest_in_state")
        batch_op.drop_index("ix_ideas_newest")
        batch_op.drop_index(batch_op.f("ix_ideas_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_ideas_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_ideas_author_id"))

    op.drop_table("ideas")
    with op.batch_alter_table("editions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_editions_state"))

    op.drop_table("editions")
    op.drop_table("stored_files")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ins_person_id"))

    op.drop_table("sign_ins")
    with op.batch_alter_table("role_grants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grants_person_id"))

    op.drop_table("role_grants")
    with op.batch_alter_table("processes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_processes_published_at"))
        batch_op.drop_index(batch_op.f("ix_processes_contract_id"))

    op.drop_table("processes")
    with op.batch_alter_table("password_resets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_password_resets_person_id"))

    op.drop_table("password_resets")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notices_person_id"))

    op.drop_table("notices")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_at"))
        batch_op.drop_index(batch_op.f("ix_journal_actor_id"))

    op.drop_table("journal")
    with op.batch_alter_table("governance_records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_governance_records_title_key"))
        batch_op.drop_index("ix_governance_records_kind_position")

    op.drop_table("governance_records")
    op.drop_table("cards")
    with op.batch_alter_table("seances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seances_starts_at"))
        batch_op.drop_index(batch_op.f("ix_seances_body_id"))

    op.drop_table("seances")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_quartier_id"))

    op.drop_table("people")
    op.drop_table("pending_accounts")
    op.drop_table("body_quartiers")
    with op.batch_alter_table("thematic_nodes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thematic_nodes_contract_id"))

    op.drop_table("thematic_nodes")
    with op.batch_alter_table("quartiers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quartiers_contract_id"))

    op.drop_table("quartiers")
    with op.batch_alter_table("bodies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bodies_contract_id"))

    op.drop_table("bodies")
    op.drop_table("site")
    op.drop_table("reminders")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_waiting")

    op.drop_table("outbox")
    op.drop_table("organisations")
    op.drop_table("idea_numbers")
    op.drop_table("contracts")
    op.drop_table("age_brackets")
