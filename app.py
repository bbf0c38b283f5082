"""The application: the dashboard's pages, its data routes, its door, its headers, and what it warms up once it is
healthy.
"""

import importlib
from pathlib import Path

import streamlit as st
from streamlit.file_util import get_static_dir
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from routes.application import lifespan_of, middleware, routes
from routes.connections.sockets import Platform
from routes.connections.transport import bound
from routes.connections.websocket_compression import widen
from routes.embeds import embed_routes
from routes.pictures import Pictures, picture_routes
from routes.sitemap import sitemap_routes

HERE = Path(__file__).resolve().parent
PAGES = ["" if path.stem == "home" else path.stem for path in sorted((HERE / "pages").glob("[!_]*.py"))]

widen()
bound()


def load() -> None:
    """Import what pages and files need."""
    for name in (
        "layout.dashboard",
        "layout.documents",
        "routes.data",
        "routes.catalogues.descriptions",
        "routes.feeds",
        "routes.boundaries",
    ):
        importlib.import_module(name)


def failed(error: Exception) -> bool:
    """Called when a page fails: the reader gets one calm sentence (imported late, so that the server is healthy
    sooner).
    """
    from layout.dashboard import calm_failure

    return calm_failure(error)


def picture(question) -> bytes:
    """A chart of a page as a file (imported late, like all that draws)."""
    from layout.exported import drawn

    return drawn(question)


def document(question):
    """The article of a page as HTML (imported late, so that the server is healthy sooner)."""
    from layout.documents import document as written

    return written(question)


def held(question):
    """The same where it is written already."""
    from layout.documents import held_document

    return held_document(question)


pictures = Pictures(picture)
door = middleware(Platform(BackMsg, ForwardMsg, Path(get_static_dir()), HERE), PAGES, document, held)
app = st.App(
    HERE / "pages" / "_router.py",
    routes=[*routes, *sitemap_routes(PAGES), *picture_routes(pictures), *embed_routes(pictures)],
    middleware=door,
    lifespan=lifespan_of(load),
    on_script_error=failed,
)
