"""Alternates wait in one order, and vacant seats are offered to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.schema_steps import add_column, drop_columns

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_column("mandates", "rank", "INTEGER", checks={"ranked_from_one": "rank IS NULL OR rank > 0"})
    op.create_table(
        "seat_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(accepted IS NULL) = (answered_at IS NULL)", name=op.f("ck_seat_offers_answered_with_a_date")
        ),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_seat_offers_mandate_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_seat_offers_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_offers")),
    )
    op.create_index(op.f("ix_seat_offers_mandate_id"), "seat_offers", ["mandate_id"], unique=False)
    op.create_index(op.f("ix_seat_offers_seat_id"), "seat_offers", ["seat_id"], unique=False)
    op.create_index(
        "uq_seat_offers_one_waiting", "seat_offers", ["seat_id"], unique=True,
        sqlite_where=sa.text("accepted IS NULL"), postgresql_where=sa.text("accepted IS NULL"),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("seat_offers")
    drop_columns("mandates", "rank")
