"""The catalogues that are kept are those that are read."""

from __future__ import annotations

import shutil

from flask import render_template_string
from flask_babel import force_locale

from app.web import i18n
from tests.support.database import application, close


def test_templates_and_code_read_the_catalogues_of_the_project(app):
    assert app.extensions["babel"].translation_directories == [str(i18n.FOLDER)]


def test_a_template_speaks_the_language_of_the_moment(tmp_path, monkeypatch, all_databases):
    shutil.copytree(i18n.FOLDER, tmp_path / "translations", dirs_exist_ok=True)
    folder = tmp_path / "translations" / "en" / "LC_MESSAGES"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    folder.joinpath("messages.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "Bonjour %(name)s"\nmsgstr "Hello %(name)s"\n\n'
        'msgid "%(num)s idée"\nmsgid_plural "%(num)s idées"\nmsgstr[0] "%(num)s idea"\nmsgstr[1] "%(num)s ideas"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(i18n, "FOLDER", tmp_path / "translations")
    monkeypatch.setattr(i18n, "_catalogues", {})
    small = application(all_databases.url, tmp_path)
    page = "{{ _('Bonjour %(name)s', name='<Nour>') }}, {{ ngettext('%(num)s idée', '%(num)s idées', 2) }}"
    with small.test_request_context():
        assert render_template_string(page) == "Bonjour &lt;Nour&gt;, 2 idées"
        with force_locale("en"):
            assert render_template_string(page) == "Hello &lt;Nour&gt;, 2 ideas"
        assert render_template_string(page) == "Bonjour &lt;Nour&gt;, 2 idées"
    close(small)
