"""Importing and counting a large vote, 100,000 ballots over 100 projects: the real commands, then the code alone."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.ballots.rules.counting import count
from app.domain.ballots.rules.pabulib import read_pabulib
from app.domain.ballots.rules.tally import tally
from benchmarks.databases import Store
from benchmarks.figures import at_most, figure, note
from benchmarks.server import ROOT, environment

BALLOTS, PROJECTS, MOST_CHOICES = 100_000, 100, 10
AIM_SECONDS, AIM_COUNT_SECONDS, AIM_MEGABYTES = 3.0, 0.1, 300.0
# macOS tells bytes, Linux kilobytes.
MEMORY_UNIT = 1024 * 1024 if sys.platform == "darwin" else 1024


def measure(store: Store) -> None:
    """The commands, as people run them, each in its own process; then the pure functions, in this one."""
    note(f"{BALLOTS:,} ballots, {PROJECTS} projects, 1 to {MOST_CHOICES} choices each.".replace(",", " "))
    path = store.folder / "valombre.pb"
    write_vote(path)
    settings = environment(store.fresh("count"), store.folder)
    # The first start compiles the code, once in the life of an installation; the second tells what each one costs.
    first, nothing = (run_command(["ballot", "--help"], settings) for _ in range(2))
    imported = run_command(["ballot", "import", str(path), "--json"], settings)
    counted = run_command(["ballot", "count", str(imported.facts["id"]), "--json"], settings)
    at_most("flask ballot import + flask ballot count", imported.seconds + counted.seconds, "s", AIM_SECONDS)
    figure("  of which the import", imported.seconds, "s")
    figure("  of which the count", counted.seconds, "s")
    figure("  the very first start, code compiled on the way", first.seconds, "s")
    figure("  a command that does nothing: twice the time of starting", 2 * nothing.seconds, "s")
    worked = imported.cpu + counted.cpu - 2 * nothing.cpu
    at_most("processor of both, the two starts taken away", worked, "s", AIM_SECONDS)
    at_most("largest memory of the import", imported.memory, "MB", AIM_MEGABYTES)
    at_most("largest memory of the count", counted.memory, "MB", AIM_MEGABYTES)
    figure("  a command that does nothing", nothing.memory, "MB")
    _measure_code(path, counted.facts["winners"])


@dataclass(frozen=True)
class Command:
    """What a command printed as JSON, the seconds it took, those of processor, and the most megabytes it held."""

    facts: dict[str, Any]
    seconds: float
    cpu: float
    memory: float


def _measure_code(path: Path, winners: list[str]) -> None:
    with path.open("rb") as file:
        election = read_pabulib(file)
    ids = [project.id for project in election.projects]
    began = time.perf_counter()
    tallied = tally(ids, election.ballots.items())
    figure(f"adding up {len(election.ballots):,} different ballots".replace(",", " "), time.perf_counter() - began, "s")
    began = time.perf_counter()
    result = count(election.rules, election.projects, tallied)
    at_most("the count itself, from the sums", time.perf_counter() - began, "s", AIM_COUNT_SECONDS)
    same = [winner.project_id for winner in result.winners] == winners
    note(f"{len(winners)} winners; the command and the code agree: {'yes' if same else 'NO'}")


def run_command(arguments: list[str], settings: dict[str, str]) -> Command:
    """Runs a command in a process of its own."""
    command = [sys.executable, "-m", "flask", *arguments]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE)  # noqa: S603 - our own command
    with process.stdout as output:  # type: ignore[union-attr]  # asked for just above
        printed = output.read()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"flask {' '.join(arguments)} gave {process.returncode}")
    facts = json.loads(printed) if "--json" in arguments else {}
    return Command(facts, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / MEMORY_UNIT)


def write_vote(path: Path) -> None:
    """Writes an invented vote, line by line."""
    draw = random.Random(2026)
    ids = [f"VAL-{number:03d}" for number in range(PROJECTS)]
    meta = {
        "description": "Banc d’essai",
        "country": "France",
        "unit": "Valombre",
        "instance": "2026",
        "num_projects": PROJECTS,
        "num_votes": BALLOTS,
        "budget": 2_000_000,
        "vote_type": "approval",
        "rule": "greedy",
        "date_begin": "2026",
        "date_end": "2026",
        "max_length": MOST_CHOICES,
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("META\r\nkey;value\r\n" + "".join(f"{key};{value}\r\n" for key, value in meta.items()))
        file.write("PROJECTS\r\nproject_id;cost;name\r\n")
        file.writelines(f"{id_};{draw.randrange(5, 300) * 1000};Projet {id_}\r\n" for id_ in ids)
        file.write("VOTES\r\nvoter_id;vote\r\n")
        for voter in range(BALLOTS):
            file.write(f"{voter};{','.join(draw.sample(ids, draw.randint(1, MOST_CHOICES)))}\r\n")
