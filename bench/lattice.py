"""How long does it take to protect the recommended lattice, and to prove it? Simulated counts, always the same ones.

``python -m bench.lattice`` prints the table; it needs no server. 33 districts × 40 types in 8 groups × 24 months.
"""

from __future__ import annotations

import resource
import time

import numpy as np

from bench.table import Row, markdown
from disclosure.audit import prove
from disclosure.lattice import Axis, Lattice, _numbered
from disclosure.policy import LEVELS, Policy
from disclosure.protect import attacker, protect

AREAS, TYPES, GROUPS, MONTHS = 33, 40, 8, 24
