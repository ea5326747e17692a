"""Servers under test: started on a free port of 127.0.0.1, watched through /proc, ended at last."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipelines.model.region import PROJECT

HERE = Path(__file__).parent
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_PATIENCE = 90.0


@dataclass(frozen=True)
class Server:
    """A running server."""

    address: str
    pid: int

    def cpu(self) -> float:
        """Seconds of processor time that the process has used (user and system)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / _TICKS

    def memory(self) -> float:
        """Megabytes that the process holds."""
        pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="utf-8").split()[1]
        return int(pages) * _PAGE_BYTES / 1e6


@contextmanager
def dashboard(project: Path = PROJECT) -> Iterator[Server]:
    """Our dashboard, of this checkout or another, over the region that the environment names."""
    code = "from dashboard.server import serve; serve(0)"
    python = sys.executable if project == PROJECT else str(project / ".venv/bin/python")
    with _process([python, "-u", "-c", code], project, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for line in process.stdout:
            found = re.search(r"http://[0-9.]+:\d+", line)
            if found:
                yield _ready(Server(found[0], process.pid))
                return
        raise RuntimeError("The dashboard ended before it gave its address.")


@contextmanager
def plain_app(name: str) -> Iterator[Server]:
    """A Streamlit script of this folder as `streamlit run` serves it, with its own defaults."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "server.port": port, "server.address": "127.0.0.1", "server.headless": "true",
        "server.fileWatcherType": "none", "browser.gatherUsageStats": "false",
    }  # fmt: skip
    flags = [text for name, value in options.items() for text in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "streamlit", "run", str(HERE / name), *flags]
    with (
        tempfile.TemporaryDirectory() as elsewhere,
        _process(command, Path(elsewhere), stdout=subprocess.DEVNULL) as process,
    ):
        yield _ready(Server(f"http://127.0.0.1:{port}", process.pid))


@contextmanager
def _process(command: list[str], folder: Path, *, stdout: int) -> Iterator[subprocess.Popen[str]]:
    paths = [
        str(folder if (folder / "dashboard").is_dir() else PROJECT),
        *os.environ.get("PYTHONPATH", "").split(os.pathsep),
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=stdout, text=True)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _ready(server: Server) -> Server:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=5):
                return server
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"{server.address} does not answer.")
