"""How long a role given after the closing of a vote waits before it opens the box."""

from __future__ import annotations

from app.schema_steps import add_column, drop_columns

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_column("site", "opener_wait_days", "INTEGER", default="7", checks={"openers_wait": "opener_wait_days > 0"})


def downgrade() -> None:
    drop_columns("site", "opener_wait_days")
