"""The pages: one room per feature, plugged in here."""

from __future__ import annotations

from flask import Flask

from app.blueprints import frame
from app.blueprints.accounts import views as accounts
from app.blueprints.ballots import views as ballots
from app.blueprints.budgets import views as budgets
from app.blueprints.councils import views as councils
from app.blueprints.files import views as files
from app.blueprints.gallery import views as gallery
from app.blueprints.governance import views as governance
from app.blueprints.health import views as health
from app.blueprints.home import views as home
from app.blueprints.i18n import views as i18n
from app.blueprints.ideas import views as ideas
from app.blueprints.mailbox import views as mailbox
from app.blueprints.pages import views as pages
from app.blueprints.territories import views as territories
from app.web import logs

ROOMS = (home, accounts, ideas, budgets, ballots, councils, governance, territories, pages, files, i18n, health)


def register(app: Flask) -> None:
    """Plugs every room in; the gallery of components and the letter box of the demonstration only where they belong."""
    for room in ROOMS:
        app.register_blueprint(room.bp)
    if app.debug or app.testing or app.config["DEMO"]:
        app.register_blueprint(gallery.bp)
        app.register_blueprint(mailbox.bp)
    logs.keep_silent_about(app, ballots.bp.name)
    frame.prepare(app)
