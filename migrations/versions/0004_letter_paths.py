"""A letter keeps the path of the page it speaks of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("path", sa.String(length=200), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("outbox", "path")
