import socket
import tomllib

import pytest
from streamlit import config

from dashboard.server import CONFIG, PortError, flat_options, serve


def test_options_are_flattened_as_streamlit_names_them():
    assert flat_options({"server": {"port": 1}, "theme": {"light": {"textColor": "#000"}}}) == {
        "server.port": 1,
        "theme.light.textColor": "#000",
    }


def test_every_option_in_the_file_exists():
    options = flat_options(tomllib.loads(CONFIG.read_text("utf-8")))

    config.get_config_options()
    for name in options:
        assert config.get_option(name) is not None or name.startswith("theme."), name


def test_nothing_is_told_to_anyone_and_no_agent_may_ask():
    options = flat_options(tomllib.loads(CONFIG.read_text("utf-8")))

    assert options["browser.gatherUsageStats"] is False
    assert options["server.enableAgentApi"] is False
    assert options["runner.postScriptGC"] is False


def test_a_taken_port_is_explained():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PortError, match="går inte att använda"):
            serve(taken.getsockname()[1])
