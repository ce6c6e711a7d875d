"""The signature a member may draw beside their presence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signatures",
        sa.Column("attendance_id", sa.Integer(), nullable=False),
        sa.Column("drawing", sa.LargeBinary(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erase_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["attendance_id"], ["attendances.id"], name=op.f("fk_signatures_attendance_id")),
        sa.PrimaryKeyConstraint("attendance_id", name=op.f("pk_signatures")),
    )
    op.create_index(op.f("ix_signatures_erase_on"), "signatures", ["erase_on"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_signatures_erase_on"), "signatures")
    op.drop_table("signatures")
