"""Build a region, serve it, read every page and address once: what a machine without net must do.

``python -m benchmarks.every_page REGION`` ends with 1 when a page shows an error.
"""

from __future__ import annotations

import subprocess
import sys
import urllib.request

from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from benchmarks.servers import Server, dashboard
from benchmarks.session import open_session
from dashboard.pages import PAGES

_ADDRESSES = ("", "halsa", "filer", "filer/{region}", "filer/{region}/planer.csv")


def main(region: str) -> None:
    """Build, serve, read; print how many pages were read."""
    build = [sys.executable, "-m", "pipelines", "run", "--region", region, "--quiet"]
    subprocess.run(build, check=True)
    faults: list[str] = []
    with dashboard() as server:
        for address in _ADDRESSES:
            target = f"{server.address}/{address.format(region=region)}"
            with urllib.request.urlopen(target) as answer:
                answer.read()
        for page in PAGES:
            session, run = open_session(
                server.address, "" if page == "laget" else page, region=region
            )
            session.close()
            faults += [f"{page}: {error}" for error in run.errors]
        faults += _foreign(server)
    sys.stdout.write("".join(f"{each}\n" for each in faults))
    sys.stdout.write(f"{len(PAGES)} pages, {len(_ADDRESSES)} addresses, {len(faults)} errors\n")
    sys.exit(1 if faults else 0)


def _foreign(server: Server) -> list[str]:
    """Knock as another page would; Streamlit alone asks an address outside before it refuses."""
    target = f"ws{server.address.removeprefix('http')}/_stcore/stream"
    for _ in range(5):
        try:
            connect(target, origin="https://panel.example", proxy=None).close()
        except InvalidStatus:
            continue
        return ["a foreign socket was let in"]
    return []


if __name__ == "__main__":
    main(sys.argv[1])
