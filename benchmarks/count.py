"""How long importing and counting a large vote takes: 100,000 ballots over 100 projects, beside the aims.

Run ``python benchmarks/count.py``. Nothing is asserted: the figures are printed as shares of the aims.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.domain.ballots.rules.counting import count
from app.domain.ballots.rules.pabulib import open_pabulib, read_pabulib
from app.domain.ballots.rules.tally import tally

BALLOTS, PROJECTS, MOST_CHOICES = 100_000, 100, 10
AIM_IMPORT_S, AIM_COUNT_S, AIM_MEMORY_MB = 3.0, 0.1, 300.0


def write_vote(path: Path) -> None:
    """Writes an invented vote, line by line so that the memory measured is the reader's."""
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


def show(name: str, value: float, unit: str, aim: float) -> None:
    print(f"{name:<44} {value:>9.4f} {unit:<3} aim {aim:g} {unit}: {value / aim:.3f} of it")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "valombre.pb"
        write_vote(path)
        start = time.perf_counter()
        with path.open("rb") as file:
            reading = open_pabulib(file)
            tallied = tally([project.id for project in reading.projects], reading.ballots())
        streamed = count(reading.rules, reading.projects, tallied)
        show("import + count, ballots streamed", time.perf_counter() - start, "s", AIM_IMPORT_S)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        show("  peak memory of the process", peak, "MB", AIM_MEMORY_MB)
        start = time.perf_counter()
        with path.open("rb") as file:
            election = read_pabulib(file)
        result = count(election.rules, election.projects, election.ballots.items())
        show("import + count, ballots merged and kept", time.perf_counter() - start, "s", AIM_IMPORT_S)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        show("  peak memory of the process", peak, "MB", AIM_MEMORY_MB)
        start = time.perf_counter()
        tallied = tally([project.id for project in election.projects], election.ballots.items())
        show("tally of the kept ballots", time.perf_counter() - start, "s", AIM_COUNT_S)
        start = time.perf_counter()
        count(election.rules, election.projects, tallied)
        show("count alone, from the tally", time.perf_counter() - start, "s", AIM_COUNT_S)
        print(f"{len(result.winners)} winners; streamed and kept agree: {streamed.to_facts() == result.to_facts()}")


if __name__ == "__main__":
    main()
