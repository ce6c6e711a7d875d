"""Health: the process, then the database and its migrations."""

from __future__ import annotations

import pytest

from app.database import db
from tests.support import database
from tests.support.web import count_queries

MIGRATION = '''"""A first migration."""

revision = "{revision}"
down_revision = {before}


def upgrade():
    pass


def downgrade():
    pass
'''


@pytest.fixture
def with_migrations(real_app, tmp_path):
    """The application with two migrations of its own, and a function that says which one was applied."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text("")
    (folder / "script.py.mako").write_text("")
    (folder / "versions" / "0001.py").write_text(MIGRATION.format(revision="0001", before="None"))
    (folder / "versions" / "0002.py").write_text(MIGRATION.format(revision="0002", before='"0001"'))
    real_app.extensions["migrate"].directory = str(folder)

    def applied(revision: str) -> None:
        with real_app.app_context():
            db.session.execute(db.text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))"))
            db.session.execute(db.text("DELETE FROM alembic_version"))
            db.session.execute(db.text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision})
            db.session.commit()

    return applied


def test_the_process_answers_without_the_database(app):
    with count_queries() as asked:
        answer = app.test_client().get("/sante")
    assert (answer.status_code, answer.json, len(asked)) == (200, {"status": "ok"}, 0)


def test_the_process_answers_even_when_the_database_is_gone(tmp_path):
    lost = database.application(f"sqlite:///{tmp_path}/nowhere/agora.sqlite3", tmp_path)
    assert lost.test_client().get("/sante").status_code == 200
    answer = lost.test_client().get("/sante/prete")
    assert answer.status_code == 503
    assert answer.json == {"status": "not ready", "database": "no", "migrations": "no"}


def test_a_database_at_head_is_ready(real_app, with_migrations):
    with_migrations("0002")
    answer = real_app.test_client().get("/sante/prete")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "database": "ok", "migrations": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("revision", ["0001", "9999"])
def test_a_late_or_unknown_migration_is_not_ready(real_app, with_migrations, revision):
    with_migrations(revision)
    answer = real_app.test_client().get("/sante/prete")
    assert (answer.status_code, answer.json["database"], answer.json["migrations"]) == (503, "ok", "no")


def test_a_database_never_migrated_is_not_ready(real_app, with_migrations):
    answer = real_app.test_client().get("/sante/prete")
    assert (answer.status_code, answer.json["database"], answer.json["migrations"]) == (503, "ok", "no")
