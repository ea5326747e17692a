"""Start the dashboard from the command line, without Streamlit's own English greeting."""

from __future__ import annotations

import os
import socket
import sys
import tomllib

from pipelines.errors import PlanInnovationError
from pipelines.model.region import PROJECT

CONFIG = PROJECT / ".streamlit" / "config.toml"


class PortError(PlanInnovationError):
    """The port is taken."""


def serve(port: int, address: str = "127.0.0.1") -> None:
    """Serve the dashboard until it is stopped (Ctrl+C or SIGTERM).

    The address is printed once it can be reached. Port 0 takes a free one.

    Raises:
        PortError: another program listens on the port.
        AccessError: the settings of login or roles are wrong.
    """
    import uvicorn
    from streamlit.web import bootstrap

    listener = _listen(port, address)
    actual = listener.getsockname()[1]
    options = flat_options(tomllib.loads(CONFIG.read_text(encoding="utf-8")))
    options |= {"server.port": actual, "server.address": address}
    from dashboard.access import SECRETS, settings

    if os.environ.get(SECRETS):
        options["secrets.files"] = [os.environ[SECRETS]]
    bootstrap.load_config_options(options)

    from dashboard.app import app

    settings()

    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2)
    print(f"Öppna http://{address}:{actual} i webbläsaren. Avsluta med Ctrl+C.", flush=True)  # noqa: T201 - the one line a person waits for
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        listener.close()


def flat_options(table: dict[str, object], prefix: str = "") -> dict[str, object]:
    """Turn nested TOML tables into Streamlit's option names: ``{"server.port": 8501}``."""
    flat: dict[str, object] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            flat |= flat_options(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = value
    return flat


def _listen(port: int, address: str) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    if sys.platform != "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
    except OSError as error:
        listener.close()
        raise PortError(
            f"Port {port} på {address} går inte att använda ({error.strerror}).",
            expected="En ledig port.",
            do="Stäng programmet som använder den, eller välj en annan med --port.",
        ) from error
    listener.listen(128)
    return listener
