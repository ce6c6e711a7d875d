"""The list of projects of a vote takes no other project once the vote has opened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import change_refusals

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# What the database itself refuses, frozen as it was on the day of this migration.
_KEPT = "id opens_at closes_at rules rules_sha256 eligibility openers_needed minimum_batch"
_RESULT = (
    "(OLD.result IS NOT NULL AND (NEW.result IS NULL OR NEW.result <> OLD.result OR NEW.result_sha256 IS NULL "
    "OR NEW.result_sha256 <> OLD.result_sha256 OR NEW.counted_at IS NULL OR NEW.counted_at <> OLD.counted_at "
    "OR NEW.seed <> OLD.seed))"
)
_OPENED = (
    "EXISTS (SELECT 1 FROM scrutins WHERE scrutins.id = OLD.scrutin_id AND scrutins.opens_at <= CURRENT_TIMESTAMP)"
)
_WHOLE = (
    "EXISTS (SELECT 1 FROM scrutins WHERE scrutins.id = NEW.scrutin_id AND scrutins.opens_at <= CURRENT_TIMESTAMP "
    "AND scrutins.projects_listed <= "
    "(SELECT count(*) FROM scrutin_projects WHERE scrutin_projects.scrutin_id = NEW.scrutin_id))"
)


def changed(*more: str) -> str:
    """The condition under which an open vote refuses to change."""
    names = (*_KEPT.split(), *more)
    columns = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in names)
    return f"(OLD.opens_at <= CURRENT_TIMESTAMP AND ({columns})) OR {_RESULT}"


def refuse(table: str, *, update: str, delete: str, insert: str | None = None) -> None:
    """Sets the triggers of a table in the place of those it has."""
    connection = op.get_bind()
    dialect = connection.dialect.name
    for verb in ("update", "delete", "insert", "truncate"):
        if dialect == "postgresql":
            op.execute(f"DROP FUNCTION IF EXISTS {table}_no_{verb}() CASCADE")
        else:
            op.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
    for statement in change_refusals(table, update, delete, insert)[dialect]:
        connection.exec_driver_sql(statement.replace("%", "%%") if dialect == "postgresql" else statement)


def refuse_on_scrutins(update: str) -> None:
    refuse("scrutins", update=update, delete="OLD.opens_at <= CURRENT_TIMESTAMP OR OLD.result IS NOT NULL")


def upgrade() -> None:
    op.add_column("scrutins", sa.Column("projects_listed", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE scrutins SET projects_listed = "
        "(SELECT count(*) FROM scrutin_projects WHERE scrutin_projects.scrutin_id = scrutins.id)"
    )
    refuse_on_scrutins(changed("projects_listed", "imported"))
    refuse("scrutin_projects", update=_OPENED, delete=_OPENED, insert=_WHOLE)


def downgrade() -> None:
    refuse("scrutin_projects", update=_OPENED, delete=_OPENED)
    refuse_on_scrutins(changed("imported"))
    op.drop_column("scrutins", "projects_listed")
