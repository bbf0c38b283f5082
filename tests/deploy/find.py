"""Which nginx do the tests use? One already on the machine; else Debian's package, as root.

``python -m tests.deploy.find`` is what ``make test`` runs first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def find_nginx() -> str | None:
    """The path of nginx, or None."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def install_nginx() -> None:
    """Debian's package, without starting its service; a failure is left for the tests to say."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "nginx-light", "openssl"]):
        subprocess.run(["apt-get", *words], check=False, stdout=subprocess.DEVNULL, env=environment)


if __name__ == "__main__":
    if not find_nginx():
        install_nginx()
    nginx = find_nginx()
    print(f"proxy: {nginx or 'NONE: the tests of the deployment will be skipped'}")
    if not nginx and os.environ.get("REQUIRE_PROXY"):
        sys.exit("REQUIRE_PROXY is set and there is no nginx")
