"""Build, server start and every page ask no address outside: each socket of each process counts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.model.region import PROJECT
from tests.tiny_region import write_region

_COUNTED = """
import os, sys

def count(event, values):
    if event == "socket.connect":
        asked = repr(values[1])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        asked = repr(values[-1] if event == "socket.sendto" else values[0])
    else:
        return
    with open(os.environ["COUNTED"], "a") as file:
        file.write(f"{event} {asked}\\n")

sys.addaudithook(count)
"""
"""Runs first in every Python process below, workers too."""
_OURS = ("'127.0.0.1'", "'localhost'", "('127.0.0.1',")


@pytest.mark.builds
def test_nothing_outside_is_asked(tmp_path: Path):
    write_region(tmp_path / "data")
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(_COUNTED)
    counted = tmp_path / "counted"
    environment = {
        **os.environ,
        "PLANINNOVATION_DATA": str(tmp_path / "data"),
        "PLANINNOVATION_EDITIONS": str(tmp_path / "editions"),
        "PYTHONPATH": str(hook),
        "COUNTED": str(counted),
    }
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.every_page", "liten"],
        cwd=PROJECT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    asked = counted.read_text().splitlines()
    ours = [line for line in asked if line.partition(" ")[2].startswith(_OURS)]
    assert len(ours) > 20, "the pages themselves are asked for, so the hook counts"
    local = [line for line in asked if line.startswith(("socket.connect '", "socket.connect b'"))]
    assert set(asked) == set(ours) | set(local), "an address outside was asked"
