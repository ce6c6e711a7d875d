"""Agora des quartiers: the application factory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.web.application import Agora

ROOT = Path(__file__).resolve().parents[1]


def create_app(config: dict[str, Any] | None = None) -> Agora:
    """Builds the application. ``config`` overrides what the environment says (tests).

    The imports stand inside so that the settings are read, and may refuse, before anything else is loaded; a command of
    ours shows no page, and does not wait for those of the site to be loaded (``docs/decisions/0013``).
    """
    from jinja2 import StrictUndefined

    from app import cli
    from app.database import db
    from app.extensions import babel
    from app.web import i18n, logs
    from config import read_settings

    app = Agora("app", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(read_settings().for_flask())
    app.config.update(config or {})
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

    db.init_app(app)
    babel.init_app(app, locale_selector=i18n.choose_locale, default_translation_directories=str(i18n.FOLDER))
    logs.prepare(app)
    i18n.prepare(app)
    cli.prepare(app)
    if not cli.is_looked_up():
        _open(app)
    return app


def _open(app: Agora) -> None:
    """Everything that pages need: who comes, how they are protected, the files, the rooms."""
    from app import blueprints, extensions
    from app.cli import schema
    from app.web import access, assets, errors, security

    schema.migrate.init_app(app)
    extensions.login.init_app(app)
    extensions.csrf.init_app(app)
    extensions.htmx.init_app(app)
    extensions.limiter.init_app(app)

    security.prepare(app)
    assets.prepare(app)
    errors.prepare(app)
    blueprints.register(app)
    access.refuse_silent_views(app)
