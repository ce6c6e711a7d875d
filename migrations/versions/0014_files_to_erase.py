"""The files whose row has gone wait here until their bytes are erased."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "files_to_erase",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files_to_erase")),
    )


def downgrade() -> None:
    op.drop_table("files_to_erase")
