"""The fixtures of every test: an application, a database undone after each test, pages read as people read them."""

from __future__ import annotations

import gc
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings

from app.database import db
from app.web.application import Agora
from tests.support import database, postgres
from tests.support.browser import find_chromium, launch_options, live_server
from tests.support.web import Web

Result = TypeVar("Result")

# A busy machine is no fault of the code: no deadline. Each run draws others, on each database: fifty make a hundred
# for ``make check``. In continuous integration the draws are the same at each run, so that PostgreSQL only draws again
# the first half of what SQLite drew. ``EXAMPLES=1000`` looks further.
CI = bool(os.environ.get("CI"))
settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=CI,
    max_examples=int(os.environ.get("EXAMPLES", "100" if CI and not database.ON_POSTGRESQL else "50")),
)
settings.load_profile("house")
SERVER = "AGORA_TEST_SERVER"


def pytest_configure(config: pytest.Config) -> None:
    """Starts one PostgreSQL server for all the workers of a run."""
    os.environ.pop("DEMO", None)
    if database.ON_POSTGRESQL and not hasattr(config, "workerinput") and SERVER not in os.environ:
        running = postgres.running_server()
        os.environ[SERVER] = running.__enter__()
        os.environ.setdefault("AGORA_TEST_RUN", uuid.uuid4().hex[:10])
        config.add_cleanup(lambda: (os.environ.pop(SERVER, None), running.__exit__(None, None, None))[0])


def pytest_collection_finish() -> None:
    """What is imported stays: the collector of memory need not read it again, nor look as often as by default."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, whatever the order of the draw: a worker that begins one last keeps the other waiting."""
    items.sort(key=lambda item: (item.get_closest_marker("slow") is None, item.get_closest_marker("browser") is None))


@pytest.fixture(scope="session")
def all_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[database.Databases]:
    """The databases of this worker."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "master")
    run = os.environ.get("AGORA_TEST_RUN", "local")
    folder = tmp_path_factory.mktemp("databases")
    # Each worker has its folder in the one of the run.
    shared = tmp_path_factory.getbasetemp().parent if worker != "master" else folder
    with database.databases(folder, shared, worker, run, os.environ.get(SERVER)) as found:
        yield found


@pytest.fixture(scope="session")
def shared_app(all_databases: database.Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agora]:
    """The application of this worker."""
    app = database.application(all_databases.url, tmp_path_factory.mktemp("files"))
    yield app
    database.close(app)


@pytest.fixture
def app(shared_app: Agora) -> Iterator[Agora]:
    """The application, on a database that forgets what the test writes."""
    with database.undone(shared_app):
        yield shared_app


@pytest.fixture
def in_app(app: Agora) -> Iterator[None]:
    """An application context kept open: for tests of the domain, which make no request."""
    with app.test_request_context():
        yield
        db.session.rollback()


@pytest.fixture
def given(app: Agora) -> Callable[..., Any]:
    """Runs a function in a context of its own and commits: ``given(make_person, pseudonym="Nour")``.

    Web tests prepare their data with it, so that no context is shared with the requests that follow.
    """

    def run(function: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
        with app.test_request_context():
            result = function(*args, **kwargs)
            db.session.commit()
            return result

    return run


@pytest.fixture
def web(app: Agora) -> Web:
    """A browser without JavaScript that checks every page it reads."""
    return Web(app)


@pytest.fixture
def real_app(all_databases: database.Databases, tmp_path: Path) -> Iterator[Agora]:
    """An application on a database of its own where commits are real: concurrency, system columns, browsers."""
    app = database.application(all_databases.fresh(), tmp_path)
    yield app
    database.close(app)


@pytest.fixture
def town_app(all_databases: database.Databases) -> Iterator[Agora]:
    """An application on a copy of the demonstration town."""
    url, folder = all_databases.town()
    app = database.application(url, folder, DEMO=True)
    yield app
    database.close(app)


@pytest.fixture
def site_address(real_app: Agora) -> Iterator[str]:
    """The address of a server running ``real_app``."""
    with live_server(real_app) as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, found and started as the machine needs."""
    assert find_chromium(), "Chromium was not found: make setup-tests says how to install it."
    return {**browser_type_launch_args, **launch_options()}
