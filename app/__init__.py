"""Agora des quartiers: the application factory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.web.application import Agora

ROOT = Path(__file__).resolve().parents[1]


def create_app(config: dict[str, Any] | None = None) -> Agora:
    """Builds the application. ``config`` overrides what the environment says (tests).

    The imports stand inside so that the settings are read, and may refuse, before anything else is loaded.
    """
    from jinja2 import StrictUndefined

    from app import blueprints, cli, extensions
    from app.database import db
    from app.web import access, assets, errors, i18n, logs, security
    from config import read_settings

    app = Agora("app", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(read_settings().for_flask())
    app.config.update(config or {})
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

    db.init_app(app)
    extensions.migrate.init_app(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    extensions.login.init_app(app)
    extensions.csrf.init_app(app)
    extensions.babel.init_app(app, locale_selector=i18n.choose_locale, default_translation_directories=str(i18n.FOLDER))
    extensions.htmx.init_app(app)
    extensions.limiter.init_app(app)

    logs.prepare(app)
    i18n.prepare(app)
    security.prepare(app)
    assets.prepare(app)
    errors.prepare(app)
    blueprints.register(app)
    cli.register(app)
    access.refuse_silent_views(app)
    return app
