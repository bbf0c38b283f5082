"""``python deploy/bill.py LOCK TARGET``: list what a lock file names as a software bill of materials (CycloneDX 1.6).

Made by the library alone. Its command brings what validates such a list, and with that a grammar which every program
that imports ``jsonschema`` would read for two seconds.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ENTRY = re.compile(r"^([\w.-]+)==(\S+)((?: \\\n +--hash=sha256:[0-9a-f]{64})*)$", re.M)


def bill_of(lock: str) -> Bom:
    """Every package of a lock with its version, its address among packages, and the hash of each of its files. The same
    lock gives the same bytes."""
    bill = Bom(serial_number=uuid5(NAMESPACE_OID, lock))
    bill.metadata.timestamp = None
    for name, version, hashes in ENTRY.findall(lock):
        files = [HashType(alg=HashAlgorithm.SHA_256, content=each) for each in re.findall(r"[0-9a-f]{64}", hashes)]
        source = ExternalReference(
            type=ExternalReferenceType.DISTRIBUTION, url=XsUri(f"https://pypi.org/simple/{name}/"), hashes=files
        )
        address = PackageURL("pypi", None, name, version)
        bill.components.add(
            Component(
                type=ComponentType.LIBRARY,
                name=name,
                version=version,
                bom_ref=str(address),
                purl=address,
                external_references=[source],
            )
        )
    return bill


if __name__ == "__main__":
    lock, target = map(Path, sys.argv[1:])
    text = JsonV1Dot6(bill_of(lock.read_text("utf-8"))).output_as_string(indent=1)
    target.write_text(text + "\n", encoding="utf-8")
