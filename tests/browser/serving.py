"""A dashboard of its own for journeys and pictures, ended by who started it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pipelines.model.region import PROJECT


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[str]:
    """Serve the dashboard on a free port and give its address."""
    with subprocess.Popen(
        [sys.executable, "-u", "-c", "from dashboard.server import serve; serve(0)"],
        cwd=PROJECT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        try:
            line = server.stdout.readline()
            found = [word for word in line.split() if word.startswith("http://127.0.0.1:")]
            assert found, f"the dashboard did not say where it is, but {line!r}"
            yield found[0]
        finally:
            server.terminate()
