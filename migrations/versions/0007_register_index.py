"""The register is found by the words of its titles, and its records are counted as they are filed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.domain.shared.words import MOST_TITLE_WORDS, stem, telling_words
from app.schema_steps import add_column, drop_columns

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_tallies",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_record_tallies_counted")),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_record_tallies")),
    )
    op.create_table(
        "record_words",
        sa.Column("word", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["position"], ["governance_records.position"], name=op.f("fk_record_words_position")),
        sa.PrimaryKeyConstraint("word", "position", name=op.f("pk_record_words")),
        sqlite_with_rowid=False,
    )
    op.drop_index("ix_governance_records_title_key", "governance_records")
    drop_columns("governance_records", "title_key")
    op.execute(
        "INSERT INTO record_tallies (kind, year, count) "
        "SELECT kind, year, count(*) FROM governance_records GROUP BY kind, year"
    )
    words = sa.table("record_words", sa.column("word", sa.String), sa.column("position", sa.Integer))
    for position, title in titles():
        forms = {stem(word) for word in telling_words(title, MOST_TITLE_WORDS)}
        op.bulk_insert(words, [{"word": form, "position": position} for form in sorted(forms)])


def downgrade() -> None:
    add_column("governance_records", "title_key", "VARCHAR(600)", default="''")
    op.create_index("ix_governance_records_title_key", "governance_records", ["title_key"])
    op.drop_table("record_words")
    op.drop_table("record_tallies")


def titles() -> list[tuple[int, str]]:
    """Every title of the register, by its place."""
    rows = op.get_bind().execute(sa.text("SELECT position, title FROM governance_records ORDER BY position"))
    return [(row.position, row.title) for row in rows]
