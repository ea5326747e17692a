"""Two dashboards behind nginx over the same editions; one is killed while readers read.

``python -m benchmarks.replicas REGION [SECONDS] [READERS]`` uses deploy/nginx.conf with free ports
and without TLS. It ends with 1 when a reader has an error that stays.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from websockets.exceptions import WebSocketException

from benchmarks.servers import Server, dashboard
from benchmarks.session import Session, open_session
from pipelines.model.region import PROJECT

_PAGES = ("", "oversiktsplaner", "detaljplaner", "markanvisningar", "innovationsindex", "belagg")
_YEARS = tuple(str(year) for year in range(2012, 2025))
_THINK = (1.0, 4.0)
_BACK_WITHIN = 30.0
"""Seconds in which a reader whose server died must have the page again, beside three slow runs."""


@dataclass
class Reader:
    """What one reader went through: seconds of each run, of each way back, and errors that stay."""

    runs: list[float] = field(default_factory=list)
    ways_back: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def _nginx(ports: list[int]) -> Iterator[str]:
    """Start nginx as the example file has it, on free ports of 127.0.0.1 and without TLS."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    text = (PROJECT / "deploy" / "nginx.conf").read_text("utf-8")
    for named, actual in zip((8501, 8502), ports, strict=True):
        text = text.replace(f"127.0.0.1:{named}", f"127.0.0.1:{actual}")
    lines = [line for line in text.splitlines() if "ssl_certificate" not in line]
    text = "\n".join(lines).replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    text = text.replace("server_name panel.example", "add_header X-Server $upstream_addr")
    with tempfile.TemporaryDirectory() as place:
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        paths = "\n".join(f"{kind}_temp_path {place}/{kind};" for kind in kinds)
        config = Path(place) / "nginx.conf"
        config.write_text(
            f"pid {place}/pid; error_log {place}/error.log; daemon off; user root;\n"
            f"events {{}}\nhttp {{ access_log off; {paths}\n{text}\n}}\n"
        )
        command = [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(config)]
        subprocess.run([*command, "-t", "-q"], check=True)
        process = subprocess.Popen(command)
        try:
            time.sleep(1.0)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=15)


def _enter(address: str) -> str:
    """Ask for the page as a browser does first; returns the cookie that it is given."""
    with urllib.request.urlopen(f"{address}/halsa") as answer:
        return str(answer.headers["Set-Cookie"]).partition(";")[0]


def _read_on(address: str, region: str, number: int, until: float) -> Reader:
    reader, choose = Reader(), random.Random(number)
    page, year = _PAGES[number % len(_PAGES)], "2012"
    cookie = _enter(address)
    session: Session | None = None
    lost = 0.0
    while time.monotonic() < until or (lost and time.monotonic() < lost + 4 * _BACK_WITHIN):
        try:
            if session is None:
                session, run = open_session(address, page, cookie=cookie, region=region, fran=year)
                if lost:
                    reader.ways_back.append(time.monotonic() - lost)
                    lost = 0.0
            else:
                year = choose.choice(_YEARS)
                run = session.select("fran", year)
            reader.runs.append(run.seconds)
            reader.errors += run.errors
        except (WebSocketException, OSError):  # a browser looks for the server again by itself
            session, lost = None, lost or time.monotonic()
            time.sleep(0.5)
            continue
        time.sleep(choose.uniform(*_THINK))
    if lost:
        reader.errors.append(f"not back after {time.monotonic() - lost:.0f} s")
    if max(reader.ways_back, default=0.0) > _BACK_WITHIN + 3 * max(reader.runs):
        reader.errors.append(f"back after {max(reader.ways_back):.0f} s only")
    if session is not None:
        session.close()
    return reader


def main(region: str, seconds: float, number: int) -> None:
    """Let readers read, kill one server at half time, and say what they saw."""
    with dashboard() as first, dashboard() as second:
        ports = [int(each.address.rpartition(":")[2]) for each in (first, second)]
        with _nginx(ports) as address, ThreadPoolExecutor(number) as pool:
            until = time.monotonic() + seconds
            readers = [
                pool.submit(_read_on, address, region, place, until) for place in range(number)
            ]
            time.sleep(seconds / 2)
            held = _sockets(first)
            os.kill(first.pid, signal.SIGKILL)
            told = [each.result() for each in readers]
    runs = [seconds for reader in told for seconds in reader.runs]
    back = [seconds for reader in told for seconds in reader.ways_back]
    errors = [error for reader in told for error in reader.errors]
    _say(f"{number} readers, {len(runs)} runs, median {statistics.median(runs):.2f} s")
    _say(f"killed the server of {held} sockets; {len(back)} readers lost it")
    if back:
        _say(f"back after {statistics.median(back):.1f} s in the median, {max(back):.1f} s at most")
    _say(f"errors that stay: {len(errors)} {errors[:3] if errors else ''}")
    sys.exit(1 if errors or not back else 0)


def _sockets(server: Server) -> int:
    """How many connections a server holds."""
    port = f":{int(server.address.rpartition(':')[2]):04X}"
    rows = Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]
    fields = [row.split() for row in rows]
    return sum(each[1].endswith(port) and each[3] == "01" for each in fields)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given = [*sys.argv[1:], *("exempel", "120", "12")[len(sys.argv) - 1 :]]
    main(given[0], float(given[1]), int(given[2]))
