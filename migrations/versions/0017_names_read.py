"""What is opened in an independent conseil: its space, or the names of its members."""

from __future__ import annotations

from app.schema_steps import add_codes_column, drop_columns

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was opened until now was the whole space.
    add_codes_column("space_accesses", "opened", "opened", ("SPACE", "NAMES"), default="SPACE")


def downgrade() -> None:
    drop_columns("space_accesses", "opened")
