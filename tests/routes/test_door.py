"""The door, line by line: what comes in, what does not, and what is said then."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from streamlit.file_util import get_static_dir
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from bench.raw import ask, closed_with, frame, open_socket, request, talk
from routes.connections.sockets import is_own_origin
from routes.headers import style_address
from routes.rules import RULES
from tests.routes.guarded import PROJECT, guarded, watching
from tests.site import ADDRESSES
from tests.waiting import LONGEST

SHUT = (
    "/_stcore/upload_file/a/1",
    "/_stcore/metrics",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp",
    "/_stcore/agent/interact",
    "/_stcore/script-health-check",
    "/_stcore/stream",
    "/_stcore/x",
    "/media/a.png",
    "/component/a/index.html",
    "/bidi-component/a",
    "/app/static/a",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
    "/manifest.json",
    "/vite",
    "/static/",
    "/static/js",
    "/index.html",
)
ABSENT = (
    "/static/js/old.js",
    "/static/old.js",
    "/.env",
    "/.git/config",
    "/wp-login.php",
    "/.well-known/security.txt",
    "/a/b",
    "//evil.example/",
    "/trends/x",
    "/data",
    "/favicon.png",
    "/style/old.css",
    "/style/",
    "/boundaries/london-000000000000.topo.json",
    "/boundaries/",
)
RERUN = BackMsg(rerun_script={"query_string": "lang=en"}).SerializeToString()
REFUSED, NOT_TEXT, TOO_LARGE = 1008, 1003, 1009


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with guarded(tmp_path_factory.mktemp("door")) as found:
        yield found


def socket_of(server, headers=()) -> int:
    """The status with which a socket is answered; 101 = opened."""
    client, answer = open_socket(server.port, headers)
    client.close()
    return answer.status


def end_of(server, *frames: bytes) -> int | None:
    """The code with which a socket ends after these frames; None while it does not end."""
    client, answer = open_socket(server.port, compressed=True)
    with client:
        assert answer.status == 101
        client.settimeout(20)
        with suppress(OSError):  # it may end while the rest is still being sent
            client.sendall(b"".join(frames))
        return closed_with(client)


@pytest.mark.in_turn(6)
@pytest.mark.parametrize("page", ADDRESSES)
def test_a_page_is_answered_with_the_shell(page, server):
    answer = talk(server.port, request(f"/{page}?lang=zh"), LONGEST)  # the first reader of a page waits for its figures
    assert answer.status == 200 and '<html lang="zh-Hans"' in answer.body.decode()


def test_the_pages_of_the_door_are_those_of_the_menu():
    from app import PAGES as known
    from layout.frame.menu import PAGES as drawn

    assert {name or "home" for name in known} == set(drawn)


@pytest.mark.parametrize("address", [*SHUT, *ABSENT])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "POST", "DELETE"])
def test_what_no_page_uses_does_not_exist(address, method, server):
    answer = ask(server.port, address, method, [("Origin", "http://evil.example"), ("Content-Length", "3")], b"abc")
    assert answer.status in ({404} if method in ("GET", "HEAD") else {404, 405})
    if answer.status == 404:
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["nothing", "index", "admin", "data", "boundaries", "%E8%B6%8B%E5%8A%BF", "a%20b"])
def test_an_unknown_page_is_the_sites_frame_with_404(name, server):
    answer = ask(server.port, f"/{name}?lang=zh")
    assert answer.status == 404 and answer.headers["cache-control"] == "no-store"
    assert '<html lang="zh-Hans"' in answer.body.decode() and 'id="root"' in answer.body.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "There is no such page"), ("zh", "页面不存在")])
@pytest.mark.parametrize("address", ["/.env", "/a/b", "/static/old.js"])
def test_what_cannot_be_a_page_is_one_sentence_in_the_readers_language(address, language, words, server):
    for answer in (
        ask(server.port, f"{address}?lang={language}"),
        ask(server.port, address, "GET", [("Accept-Language", language)]),
    ):
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert words in answer.body.decode() and "<script" not in answer.body.decode()
        assert f'href="/{style_address()}"' in answer.body.decode()


@pytest.mark.parametrize(
    ("address", "leads"), [("/trends/?lang=zh", "/trends?lang=zh"), ("/home?lang=zh", "/?lang=zh"), ("/home/", "/")]
)
def test_another_spelling_of_a_page_leads_to_it(address, leads, server):
    answer = ask(server.port, address)
    assert (answer.status, answer.headers["location"]) == (301, leads)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize(
    "address", ["/", "/trends", f"/{style_address()}", "/robots.txt", "/_stcore/health", "/_stcore/host-config"]
)
def test_what_is_only_read_says_which_methods_it_has(address, method, server):
    answer = ask(server.port, address, method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "page",
    ["/", "/trends", "/nothing", "/.env", f"/{style_address()}", "/robots.txt", "/favicon.ico", "/_stcore/health"],
)
def test_head_has_the_headers_of_get_and_no_body(page, server):
    whole, bare = ask(server.port, page), ask(server.port, page, "HEAD")
    dropped = {"date"}
    assert bare.body == b"" and bare.status == whole.status
    assert {k: v for k, v in bare.headers.items() if k not in dropped} == {
        k: v for k, v in whole.headers.items() if k not in dropped
    }
    assert int(whole.headers["content-length"]) == len(whole.body)


def test_a_part_of_a_page_is_not_given(server):
    for headers in (
        [("Range", "bytes=0-10")],
        [("Range", "bytes=0-10"), ("If-Range", '"x"')],
        [("If-None-Match", "*")],
    ):
        answer = ask(server.port, "/", "GET", headers)
        assert answer.status == 200 and answer.body == ask(server.port, "/").body
        assert not {"content-range", "accept-ranges", "last-modified"} & set(answer.headers)


def test_every_file_of_the_platform_that_a_page_names_is_there(server):
    page = ask(server.port, "/").body.decode()
    held = page[page.index('<template id="platform"') : page.index("</template>")]
    named = re.findall(r'(?:href|src)="\./([^"]+)"', held) + re.findall(r'data-font="([^"]+)"', held)
    named += re.findall(r'<link rel="(?:icon|stylesheet)" href="/([^"]+)"', page.partition("</head>")[0])
    assert len(named) > 20 and "favicon.svg" in named and not any("agent" in path for path in named)
    assert [path for path in named if ask(server.port, f"/{path}").status != 200] == []


def test_a_part_of_a_script_is_the_part_that_was_asked_for(server):
    path = next((Path(get_static_dir()) / "static" / "js").glob("index.*.js"))
    answer = ask(server.port, f"/static/js/{path.name}", "GET", [("Range", "bytes=5-14")])
    assert (answer.status, answer.body) == (206, path.read_bytes()[5:15])


@pytest.mark.parametrize(
    ("address", "kind"),
    [("/robots.txt", "text/plain"), ("/favicon.ico", "image/x-icon"), ("/favicon.svg", "image/svg+xml")],
)
def test_robots_and_icons_are_real(address, kind, server):
    answer = ask(server.port, address)
    assert answer.status == 200 and answer.headers["content-type"].startswith(kind) and answer.body
    assert answer.headers["cache-control"] == "public, max-age=86400"


def test_no_answer_names_the_server_or_sets_a_cookie(server):
    for address in (
        "/",
        "/nothing",
        "/.env",
        "/_stcore/health",
        "/_stcore/host-config",
        "/data/catalogue.json",
        "/data/x.csv",
        "/robots.txt",
    ):
        assert not {"server", "set-cookie", "x-powered-by"} & set(ask(server.port, address).headers), address


def test_host_config_names_no_origin(server):
    assert b'"allowedOrigins":[]' in ask(server.port, "/_stcore/host-config").body


def test_the_policy_lets_a_page_speak_with_its_own_site_only(server):
    answer = ask(server.port, "/")
    rules = dict(one.strip().partition(" ")[::2] for one in answer.headers["content-security-policy"].split(";"))
    assert rules["connect-src"] == rules["form-action"] == rules["base-uri"] == rules["frame-ancestors"] == "'self'"
    for name in (
        "camera",
        "microphone",
        "geolocation",
        "payment",
        "usb",
        "serial",
        "browsing-topics",
        "display-capture",
    ):
        assert f"{name}=()" in answer.headers["permissions-policy"]


@pytest.mark.parametrize(
    "origin",
    [
        "http://figures.test",
        "https://figures.test",
        "HTTP://Figures.Test",
        "http://figures.test:80",
        "https://figures.test:443",
    ],
)
def test_a_socket_of_our_own_pages_opens(origin, server):
    assert socket_of(server, [("Origin", origin)]) == 101


@pytest.mark.parametrize(
    "headers",
    [
        [("Origin", "http://evil.example")],
        [("Origin", "http://figures.test.evil.example")],
        [("Origin", "http://evil.example/figures.test")],
        [("Origin", "http://figures.test@evil.example")],
        [("Origin", "http://x@figures.test")],
        [("Origin", "http://figures.test:8501")],
        [("Origin", "null")],
        [("Origin", "")],
        [("Origin", "figures.test")],
        [("Origin", "file://figures.test")],
        [("Origin", "http://[")],
        [("Origin", "http://figures.test:x")],
        [("Origin", "http://figures.test"), ("Origin", "http://evil.example")],
        [("Origin", "\xff")],
        [("Host", "evil.example"), ("Origin", "http://figures.test")],
        [("Host", "a"), ("Host", "figures.test"), ("Origin", "http://figures.test")],
        [("Host", ""), ("Origin", "http://figures.test")],
        [("Host", "["), ("Origin", "http://figures.test")],
        [("Origin", "http://localhost")],
        [("Origin", "http://127.0.0.1")],
        [("Origin", "http://0.0.0.0")],
    ],
)
def test_a_socket_of_another_site_is_refused_and_nobody_is_asked(headers, server):
    assert socket_of(server, headers) in (400, 403)  # 400: two of a header that may come once
    assert server.calls == []


def test_a_program_without_an_origin_may_open_a_socket(server):
    assert socket_of(server) == 101


def test_a_further_origin_may_be_named_in_the_rules():
    scope = {"headers": [(b"origin", b"https://figures.example"), (b"host", b"upstream:8501")]}
    assert not is_own_origin(scope, [])
    assert is_own_origin(scope, ["https://figures.example"])


@pytest.mark.parametrize(
    "target", ["/", "/trends", "/data/catalogue.json", "/_stcore/stream/", "/_stcore/agent/mcp", "/_stcore/health"]
)
def test_there_is_no_socket_but_that_of_the_pages(target, server):
    client, answer = open_socket(server.port, target=target)
    client.close()
    assert answer.status == 404


def messages_that_are_shut() -> list[tuple[str, bytes]]:
    """A message of every kind that the platform knows, but those that the rules name."""
    kinds = BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields
    shut = []
    for kind in kinds:
        if kind.name not in RULES.socket.messages:
            message = BackMsg()
            getattr(message, kind.name).SetInParent() if kind.message_type else setattr(message, kind.name, True)
            shut.append((kind.name, message.SerializeToString()))
    assert {"file_urls_request", "clear_cache", "set_run_on_save", "load_git_info", "backend_operation_request"} <= {
        name for name, _ in shut
    }
    return shut


@pytest.mark.parametrize(("kind", "data"), messages_that_are_shut())
def test_a_message_of_a_kind_that_no_page_sends_ends_the_socket(kind, data, server):
    assert end_of(server, frame(data)) == REFUSED
    assert end_of(server, frame(RERUN), frame(data)) == REFUSED
    assert end_of(server, frame(RERUN + data)) == REFUSED, (
        "the last kind of a message counts, as it does for the platform"
    )


@pytest.mark.parametrize("data", [b"", b"garbage", b"\xff" * 60, b"\0" * 65536, RERUN[:-1]])
def test_what_is_no_message_ends_the_socket(data, server):
    assert end_of(server, frame(data)) == REFUSED
    assert end_of(server, frame(data, compressed=True)) == REFUSED


@pytest.mark.parametrize("data", [b"hello", b"\xff\xfe", b""])
def test_text_ends_the_socket(data, server):
    assert end_of(server, frame(data, opcode=1)) == NOT_TEXT
    assert end_of(server, frame(data, opcode=1, final=False), frame(b"\xff", opcode=0)) == NOT_TEXT


@pytest.mark.parametrize("size", [65_537, 200_000, 50_000_000])
@pytest.mark.parametrize("compressed", [False, True])
def test_a_message_of_more_than_64_kb_ends_the_socket_before_it_is_inflated(size, compressed, server):
    before = server.memory()
    assert end_of(server, frame(b"\0" * size, compressed=compressed)) in (
        TOO_LARGE,
        0,
    )  # 0: reset, while the rest was still being sent
    assert server.memory() - before < 20


def test_many_parts_of_a_message_count_together(server):
    parts = [
        frame(b"\0" * 30_000, final=False),
        frame(b"\0" * 30_000, opcode=0, final=False),
        frame(b"\0" * 30_000, opcode=0),
    ]
    assert end_of(server, *parts) == TOO_LARGE


def test_thousands_of_inflated_messages_in_one_reading_end_the_socket(server):
    before = server.memory()
    assert end_of(server, frame(b"\0" * 65_000, compressed=True) * 3000) in (REFUSED, 0)
    assert server.memory() - before < 60


def test_all_that_leaves_no_trace_in_the_log(server):
    end_of(server, frame(b"garbage"))
    assert "Traceback" not in server.words and "exception" not in server.words.lower(), server.words[-2000:]


@pytest.fixture(scope="module")
def drawn(server) -> list[ForwardMsg]:
    """Every message that the front page is sent."""
    found = []
    with connect(
        f"ws://127.0.0.1:{server.port}/_stcore/stream", subprotocols=["streamlit"], max_size=None, proxy=None
    ) as client:
        client.send(RERUN)
        while not found or found[-1].WhichOneof("type") != "script_finished":
            found.append(ForwardMsg.FromString(client.recv(timeout=60)))
    return found


def test_a_page_is_drawn_and_no_message_tells_the_machines_path(drawn):
    assert sum(one.WhichOneof("type") == "delta" for one in drawn) > 10
    assert [
        one.WhichOneof("type")
        for one in drawn
        if str(PROJECT).encode() in one.SerializeToString() or b"site-packages" in one.SerializeToString()
    ] == []


def test_the_first_message_tells_no_version_system_or_identity(drawn):
    session = next(one.new_session for one in drawn if one.WhichOneof("type") == "new_session")
    assert session.main_script_path == "_router.py"
    assert session.initialize.session_id
    assert session.initialize.HasField("environment_info") and not session.initialize.environment_info.ListFields()
    assert session.initialize.HasField("user_info") and not session.initialize.user_info.ListFields()


def test_the_watch_sees_a_call_to_another_host(tmp_path):
    """Else the tests above could not fail."""
    code = "import urllib.request\ntry: urllib.request.urlopen('http://127.0.0.1:9/', timeout=1)\nexcept OSError: pass"
    subprocess.run([sys.executable, "-c", code], env=watching(tmp_path), check=True)
    assert "127.0.0.1" in (tmp_path / "outgoing").read_text()


def test_the_server_asks_nobody_for_its_address_at_start_or_under_other_settings(tmp_path):
    with guarded(
        tmp_path, address="", options=("--server.enableCORS=true", "--server.enableXsrfProtection=true")
    ) as server:
        for address in ("/", "/_stcore/health", "/_stcore/host-config", "/data/catalogue.json"):
            ask(server.port, address, "GET", [("Origin", "http://evil.example")])
        assert socket_of(server, [("Origin", "http://evil.example")]) == 403
        assert server.calls == []
