"""How far back does the compression of the web socket look? Far enough to see the run before.

uvicorn (0.54) compresses with a window of 4 kB and offers no setting. A change of a filter repeats most of the run
before
it, some 40 kB, so a window of 32 kB halves what a change costs on the wire (measured: a map 11.7 to 6.7 kB), for about
a
quarter of a megabyte of memory a session. If uvicorn's module changes, nothing is replaced and everything works as
before.
"""

from __future__ import annotations

import functools
import importlib

MODULES = ("uvicorn.protocols.websockets.websockets_sansio_impl",)
WINDOW = {"server_max_window_bits": 15, "client_max_window_bits": 15, "compress_settings": {"memLevel": 8}}


def widen() -> list[str]:
    """Let the web socket remember 32 kB; returns the modules in which that took effect."""
    done = []
    for name in MODULES:
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        factory = getattr(module, "ServerPerMessageDeflateFactory", None)
        if factory is not None:
            module.ServerPerMessageDeflateFactory = _wide(factory)
            done.append(name)
    return done


def _wide(factory):
    @functools.wraps(factory)
    def made(**asked):
        return factory(**{**asked, **WINDOW})

    return made
