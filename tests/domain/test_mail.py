"""Letters: where they go, and that nothing typed can become a header."""

from __future__ import annotations

import email
import socketserver
import threading
from datetime import UTC, datetime
from email.policy import default

import pytest

from app.adapters.mail import Folder, Letter, MailFailed, Memory, Server, compose, open_post


def letter(**values) -> Letter:
    filled = {
        "recipient": "nour@exemple.test", "subject": "Votre idée est publiée", "body": "Bonjour,\nà bientôt.\n",
        "sender": "Agora de Valombre <ne-pas-repondre@exemple.test>", "key": "agora-1",
        "at": datetime(2026, 6, 3, 16, 30, tzinfo=UTC), **values,
    }  # fmt: skip
    return Letter(**filled)


def read(message) -> email.message.EmailMessage:
    return email.message_from_bytes(message.as_bytes(), policy=default)


def test_a_letter_says_the_same_once_read_back():
    message = read(compose(letter()))
    assert message["To"] == "nour@exemple.test"
    assert message["From"] == "Agora de Valombre <ne-pas-repondre@exemple.test>"
    assert message["Subject"] == "Votre idée est publiée"
    assert message["Message-ID"] == "<agora-1@exemple.test>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().splitlines() == ["Bonjour,", "à bientôt."]


@pytest.mark.parametrize("typed", ["Idée\r\nBcc: tous@exemple.test", "Idée\nX: y", "Idée\x00\x0b\u2028X: y", "é" * 400])
def test_nothing_typed_in_a_subject_becomes_a_header(typed):
    message = read(compose(letter(subject=typed)))
    assert message["Bcc"] is None
    assert message["X"] is None
    assert "\n" not in message["Subject"]


@pytest.mark.parametrize(
    "address",
    ["", "nour", "a@b.test, c@d.test", "a@b.test\r\nBcc: c@d.test", "Nour <a@b.test>", "a@b.test c@d.test"],
)
def test_a_recipient_is_one_address_or_the_letter_does_not_leave(address):
    with pytest.raises(MailFailed) as failed:
        compose(letter(recipient=address))
    assert "@" not in str(failed.value)


def test_the_settings_choose_the_way(tmp_path):
    assert isinstance(open_post("memory:"), Memory)
    assert open_post("file:/tmp/courriels").path.name == "courriels"
    server = open_post("smtp://agora%40exemple.test:s%20cret@mail.exemple.test:587?tls=1")
    assert (server.host, server.port, server.user, server.secret) == (
        "mail.exemple.test", 587, "agora@exemple.test", "s cret",
    )  # fmt: skip
    assert (server.start_tls, server.encrypted) == (True, False)
    assert open_post("smtps://mail.exemple.test").port == 465
    assert open_post("smtp://mail.exemple.test").start_tls is False


@pytest.mark.parametrize("url", ["", "pigeon:", "smtp://", "file:", "http://exemple.test"])
def test_a_way_that_does_not_exist_is_a_sentence(url):
    with pytest.raises(ValueError, match="MAIL_URL"):
        open_post(url)


def test_the_console_shows_the_letter(capsys):
    open_post("console:").send(letter())
    assert "Votre idée est publiée" in capsys.readouterr().err


def test_a_folder_keeps_each_letter_whole(tmp_path):
    post = Folder(tmp_path / "courriels")
    post.send(letter())
    post.send(letter(key="agora-2"))
    files = sorted((tmp_path / "courriels").iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    assert email.message_from_bytes(files[1].read_bytes(), policy=default)["Message-ID"] == "<agora-2@exemple.test>"


def test_a_folder_that_cannot_be_written_is_a_failure_without_a_name(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(MailFailed, match="file "):
        Folder(tmp_path / "taken").send(letter())


class _Server(socketserver.StreamRequestHandler):
    """Speaks just enough SMTP to keep a letter, or to refuse its recipient."""

    def handle(self) -> None:
        self.say("220 bonjour")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "RCPT" and "refus" in line:
                self.say("550 personne de ce nom : refus@exemple.test")
            elif verb == "DATA":
                self.say("354 allez")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.kept.append(b"".join(lines))
                self.say("250 gardé")
            elif verb == "QUIT":
                self.say("221 au revoir")
                return
            else:
                self.say("250 bien")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def smtp():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Server) as server:
        server.kept = []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(timeout=5)


def test_a_server_receives_the_letter(smtp):
    open_post(f"smtp://127.0.0.1:{smtp.server_address[1]}").send(letter())
    message = email.message_from_bytes(smtp.kept[0], policy=default)
    assert message["Subject"] == "Votre idée est publiée"


def test_a_refused_recipient_is_told_by_a_code_and_not_by_an_address(smtp):
    with pytest.raises(MailFailed) as failed:
        open_post(f"smtp://127.0.0.1:{smtp.server_address[1]}").send(letter(recipient="refus@exemple.test"))
    assert "@" not in str(failed.value)


def test_a_server_that_is_not_there_is_a_failure():
    with pytest.raises(MailFailed, match="smtp ConnectionRefusedError"):
        Server("127.0.0.1", 9, "", "", encrypted=False, start_tls=False).send(letter())
