"""Finds what the tests need outside Python (Chromium, Java, PostgreSQL) and installs it with apt where it may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.support import browser, postgres, vnu

# What is needed, how it is found, its Debian package, and the sentence for everyone else.
NEEDS = (
    (browser.find_chromium, "chromium", browser.NOT_FOUND),
    (vnu.find_java, "default-jre-headless", vnu.NOT_FOUND),
    (postgres.find_binaries, "postgresql", postgres.NOT_FOUND),
)


def main() -> int:
    """Returns 0 when nothing is missing, or when a person may go on without it; 1 in continuous integration."""
    missing = _missing()
    apt = _apt()
    if missing and apt:
        packages = [package for package, _ in missing]
        print(f"Installing {', '.join(packages)} with apt…")
        _install(apt, packages)
        missing = _missing()
    for _, sentence in missing:
        print(sentence, file=sys.stderr)
    return 1 if missing and os.environ.get("CI") else 0


def _missing() -> list[tuple[str, str]]:
    if os.environ.get("TEST_DATABASE_URL"):
        return [(package, sentence) for find, package, sentence in NEEDS[:2] if find() is None]
    return [(package, sentence) for find, package, sentence in NEEDS if find() is None]


def _apt() -> list[str] | None:
    """How to call apt-get without asking anything, when that is possible."""
    program = shutil.which("apt-get")
    if program is None:
        return None
    if os.geteuid() == 0:
        return [program]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n", "DEBIAN_FRONTEND=noninteractive", program]
    return None


def _install(apt: list[str], packages: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A package that fails is told by what is still missing afterwards.
    subprocess.run([*apt, "--quiet", "--quiet", "update"], env=environment, check=False)
    install = [*apt, "--quiet", "--quiet", "install", "--yes", "--no-install-recommends", *packages]
    subprocess.run(install, env=environment, check=False, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
