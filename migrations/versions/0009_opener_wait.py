"""How long a role given after the closing of a vote waits before it opens the box."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("site") as batch_op:
        batch_op.add_column(sa.Column("opener_wait_days", sa.Integer(), nullable=False, server_default="7"))
        batch_op.create_check_constraint(op.f("ck_site_openers_wait"), "opener_wait_days > 0")


def downgrade() -> None:
    with op.batch_alter_table("site") as batch_op:
        batch_op.drop_constraint(op.f("ck_site_openers_wait"), type_="check")
        batch_op.drop_column("opener_wait_days")
