"""``python -m dashboard``: serve the dashboard (what ``planinnovation serve`` starts)."""

from __future__ import annotations

import argparse
import sys

from dashboard.server import serve
from pipelines.errors import PlanInnovationError


def main() -> None:
    """Serve until stopped; exit code 2 when the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m dashboard", description="Serve the dashboard.")
    parser.add_argument("--port", type=int, default=8501, help="port to listen on (0: a free one)")
    parser.add_argument("--address", default="127.0.0.1", help="address to listen on")
    options = parser.parse_args()
    try:
        serve(options.port, options.address)
    except PlanInnovationError as error:
        sys.stderr.write(f"{error.found}\nVäntat: {error.expected}\nGör så här: {error.do}\n")
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
