"""How many cards nobody uses yet one person may have made."""

from __future__ import annotations

from app.schema_steps import add_column, drop_columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_column("site", "most_unused_cards", "INTEGER", default="200", checks={"some_cards": "most_unused_cards > 0"})


def downgrade() -> None:
    drop_columns("site", "most_unused_cards")
