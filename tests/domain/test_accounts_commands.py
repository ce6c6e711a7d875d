"""``flask admin create``: the first administrator, and what it answers to a wrong input."""

from __future__ import annotations

import json


def create(app, *arguments):
    return app.test_cli_runner().invoke(args=["admin", "create", *arguments])


def test_the_first_administrator_is_created_with_a_password_shown_once(real_app):
    answer = create(real_app, "--email", "camille@exemple.test", "--pseudonym", "Camille", "--json")
    assert answer.exit_code == 0
    told = json.loads(answer.stdout)
    assert told["email"] == "camille@exemple.test"
    page = real_app.test_client().get("/connexion").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    assert token
    assert len(told["password"]) >= 20


def test_it_says_the_password_to_people_too(real_app):
    answer = create(real_app, "--email", "camille@exemple.test", "--pseudonym", "Camille")
    assert answer.exit_code == 0
    assert "Mot de passe :" in answer.stdout


def test_a_second_time_it_answers_no(real_app):
    create(real_app, "--email", "camille@exemple.test", "--pseudonym", "Camille")
    answer = create(real_app, "--email", "amel@exemple.test", "--pseudonym", "Amel")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.strip().count("\n") == 0
    assert "administre déjà" in answer.stderr


def test_a_wrong_input_is_one_sentence_and_writes_nothing(real_app):
    for arguments in (["--email", "camille"], [], ["--email", "a@exemple.test", "--pseudonym", "ab"]):
        answer = create(real_app, *arguments)
        assert (answer.exit_code, answer.stdout) == (2, "")
        assert len(answer.stderr.strip().splitlines()) == 1
    assert create(real_app, "--email", "a@exemple.test", "--pseudonym", "Camille").exit_code == 0
