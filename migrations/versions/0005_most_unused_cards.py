"""How many cards nobody uses yet one person may have made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("site") as batch_op:
        batch_op.add_column(sa.Column("most_unused_cards", sa.Integer(), nullable=False, server_default="200"))
        batch_op.create_check_constraint(op.f("ck_site_some_cards"), "most_unused_cards > 0")


def downgrade() -> None:
    with op.batch_alter_table("site") as batch_op:
        batch_op.drop_constraint(op.f("ck_site_some_cards"), type_="check")
        batch_op.drop_column("most_unused_cards")
