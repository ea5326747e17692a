"""Find Chromium for the browser journeys, or install Debian's; run with `python -m`.

Playwright's own browsers are not used: they come from outside the package registries.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("C:/Program Files/Google/Chrome/Application/chrome.exe"),
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = (
    "Chromium was not found, so the browser journeys are left out. Install it with "
    "'apt-get install chromium' (Debian, Ubuntu) or set CHROMIUM to the program's path."
)


def find_chromium() -> Path | None:
    """Return the browser's path: CHROMIUM, a program on the path, or a usual place."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return Path(chosen) if Path(chosen).is_file() else None
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found:
        return Path(found)
    return next((place for place in PLACES if place.is_file()), None)


def is_required() -> bool:
    """In CI a missing browser is a failure, never a silent gap."""
    return os.environ.get("CI", "").lower() == "true"


def may_install() -> bool:
    """Whether this is a Debian-like system and we are root."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and shutil.which("apt-get") is not None


def install() -> None:
    """Install Debian's Chromium; what goes wrong is shown by apt-get itself."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "-qq", *command], check=False, env=environment)


def main() -> int:
    """Make sure there is a browser; 0 when there is, or when it may be missing."""
    if find_chromium() is None and may_install():
        print("Installing Debian's chromium for the browser journeys …")
        install()
    browser = find_chromium()
    print(f"Browser: {browser}" if browser else MISSING)
    return 1 if browser is None and is_required() else 0


if __name__ == "__main__":
    sys.exit(main())
