"""A mandate of alternate may end because its holder became titular."""

from __future__ import annotations

from app.schema_steps import widen_codes

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OLD = ("TERM", "RESIGNED", "MOVED", "LOST_QUALITY", "EXCLUDED", "DECEASED", "BODY_ENDED")
NEW = (*OLD, "BECAME_TITULAR")


def upgrade() -> None:
    widen_codes("mandates", "end_reason", "endreason", OLD, NEW)


def downgrade() -> None:
    widen_codes("mandates", "end_reason", "endreason", NEW, OLD)
