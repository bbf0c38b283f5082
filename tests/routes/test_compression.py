"""The web socket remembers the run before: the window is widened in the module that the server uses."""

import importlib

from routes.connections.websocket_compression import MODULES, WINDOW, widen


def test_the_window_is_wide_in_the_module_that_serves():
    done = widen()
    assert MODULES[0] in done
    factory = importlib.import_module(MODULES[0]).ServerPerMessageDeflateFactory(
        server_max_window_bits=12, client_max_window_bits=12
    )
    assert factory.server_max_window_bits == WINDOW["server_max_window_bits"]
