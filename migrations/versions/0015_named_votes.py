"""Votes by name where the rules of a body ask for them, and the digest of what an item is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.schema_steps import add_column, drop_columns, forget_refusals, refuse_changes

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OF_CLOSED_ITEM = (
    "EXISTS (SELECT 1 FROM agenda_items JOIN seances ON seances.id = agenda_items.seance_id "
    "WHERE agenda_items.id = OLD.item_id AND seances.state = 'CLOSED')"
)


def upgrade() -> None:
    add_column("agenda_items", "source_digest", "VARCHAR(64)", default="''")
    op.create_table(
        "named_votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column(
            "choice",
            sa.Enum(
                "FOR", "AGAINST", "ABSTAIN", name="votechoice", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name=op.f("fk_named_votes_item_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_named_votes_mandate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_votes")),
        sa.UniqueConstraint("item_id", "mandate_id", name=op.f("uq_named_votes_item_id_mandate_id")),
    )
    op.create_index(op.f("ix_named_votes_item_id"), "named_votes", ["item_id"], unique=False)
    op.create_index(op.f("ix_named_votes_mandate_id"), "named_votes", ["mandate_id"], unique=False)
    refuse_changes("named_votes", OF_CLOSED_ITEM, OF_CLOSED_ITEM)


def downgrade() -> None:
    forget_refusals("named_votes")
    op.drop_index(op.f("ix_named_votes_mandate_id"), "named_votes")
    op.drop_index(op.f("ix_named_votes_item_id"), "named_votes")
    op.drop_table("named_votes")
    drop_columns("agenda_items", "source_digest")
