"""What the server runs on is named to the last byte, may be used freely, and can be listed for whoever must know."""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[2]
LOCK = PROJECT / "requirements.lock"
BILL = PROJECT / "deploy" / "bill.py"
FREE = re.compile(r"\b(MIT|BSD|0BSD|Apache|PSF|MPL|ISC|Zlib|CC0|HPND|Unlicense|Mozilla Public License)\b")
COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|GNU (Affero )?General Public License")


@cache
def locked() -> dict[str, tuple[str, int]]:
    """Package → its version and how many files of it are allowed, each by its SHA-256."""
    entries = re.findall(r"^([\w.-]+)==(\S+)((?: \\\n +--hash=sha256:[0-9a-f]{64})*)$", LOCK.read_text("utf-8"), re.M)
    return {canonicalize_name(name): (version, hashes.count("--hash")) for name, version, hashes in entries}


def asked_for() -> list[Requirement]:
    lines = (PROJECT / "requirements.txt").read_text("utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def needed() -> set[str]:
    """Every package that the server needs, and that those need, on this machine."""
    found, open_ = set(), [(one.name, frozenset(one.extras)) for one in asked_for()]
    while open_:
        name, extras = open_.pop()
        found.add(canonicalize_name(name))
        for text in importlib.metadata.requires(name) or []:
            other = Requirement(text)
            if other.marker and not any(other.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                continue
            if canonicalize_name(other.name) not in found or other.extras:
                open_.append((other.name, frozenset(other.extras)))
    return found


def licence_of(package: str) -> str:
    """What a package says of its licence, in whichever of the fields it says so."""
    about = importlib.metadata.metadata(package)
    kinds = [kind for kind in about.get_all("Classifier") or [] if kind.startswith("License")]
    first = (about.get("License") or "").strip().split("\n")[0]
    return " | ".join([about.get("License-Expression") or "", first, *kinds])


def test_the_lock_names_every_package_that_is_needed_with_its_hashes():
    assert needed() <= set(locked())
    assert {canonicalize_name(one.name): str(one.specifier) for one in asked_for()}.items() <= {
        name: f"=={version}" for name, (version, _) in locked().items()
    }.items()
    assert [name for name, (_, hashes) in locked().items() if not hashes] == []


def test_what_is_tested_is_what_is_locked():
    assert {name: importlib.metadata.version(name) for name in locked()} == {
        name: version for name, (version, _) in locked().items()
    }


def test_the_lock_names_no_place_from_which_packages_come():
    text = LOCK.read_text("utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host|@ file", text)
    assert len(locked()) == len(re.findall(r"^[\w.-]+==", text, re.M))


def test_every_licence_at_run_time_is_free_without_copyleft_of_the_whole():
    said = {name: licence_of(name) for name in locked()}
    assert {name: words for name, words in said.items() if not FREE.search(words) or COPYLEFT.search(words)} == {}


def test_a_copyleft_licence_would_be_seen():
    for words in ("GPL-3.0-or-later", "AGPL-3.0", "License :: OSI Approved :: GNU General Public License v3 (GPLv3)"):
        assert COPYLEFT.search(words)
    for words in ("LGPL-2.1", "GNU Lesser General Public License", "MPL-2.0"):
        assert not COPYLEFT.search(words)


def test_the_bill_of_materials_lists_what_is_locked_and_is_the_same_of_the_same_lock(tmp_path):
    targets = [tmp_path / name for name in ("materials.json", "again.json")]
    for target in targets:
        subprocess.run([sys.executable, str(BILL), str(LOCK), str(target)], check=True, capture_output=True)
    assert targets[0].read_bytes() == targets[1].read_bytes()
    bill = json.loads(targets[0].read_text("utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert {
        canonicalize_name(part["name"]): (part["version"], len(part["externalReferences"][0]["hashes"]))
        for part in bill["components"]
    } == locked()


def test_no_package_of_the_tests_makes_altair_slow_to_import():
    """A grammar of addresses, which jsonschema takes up where it is installed, costs two seconds in every process."""
    command = [sys.executable, "-c", "import altair, sys; sys.exit('rfc3987_syntax' in sys.modules)"]
    assert subprocess.run(command).returncode == 0
