"""Does one published statement hold, against everything else that was published about the same thing?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite

from loaders.claims.statements import Indicator
from measures.claims.checks import integer_counts
from measures.claims.checks.caveats import caveats, needed_for
from measures.claims.checks.chance import chance
from measures.claims.checks.evidence import Evidence
from measures.claims.checks.findings import Finding, Reason, Step, reason, strongest
from measures.claims.checks.methods import LOOKS, MethodResult, other_base
from measures.claims.claim import Claim

Known = Mapping[str, Indicator]


def check_text(claims: Sequence[Claim], indicators: Known, events: Sequence[dict] = ()) -> tuple[Finding, ...]:
    """The findings for several figures (of one text, or of many), in their order; what is stated beside a claim counts
    with it."""
    places: dict[str, list[Claim]] = {}
    for claim in claims:
        places.setdefault(claim.where, []).append(claim)
    pools = {where: Evidence(tuple(own), indicators, events) for where, own in places.items()}
    return tuple(check_in(claim, pools[claim.where]) for claim in claims if not claim.beside)


def check_in(claim: Claim, evidence: Evidence) -> Finding:
    """The finding for one claim of a prepared evidence."""
    if not isfinite(claim.number) or claim.measures == "words" or claim.kind == "target":
        key = "target" if claim.kind == "target" else "words_only"
        return Finding(
            claim.id,
            "cannot_be_checked",
            (reason(key), *caveats(claim, evidence.events)),
            (),
            (),
            needed_for(claim, evidence.indicators),
        )
    results = [look(claim, evidence) for look in LOOKS]
    verdicts = [verdict for result in results for verdict in result.verdicts]
    if "reproduced" not in verdicts:
        results.append(other_base(claim, evidence))
        verdicts = _with_other_base(verdicts, results[-1])
    steps = tuple(dict.fromkeys(step for result in results for step in result.steps))
    verdict = strongest(verdicts)
    reasons = (
        *_told_once(why for result in results for why in result.reasons),
        *_of_counts(steps, claim),
        *caveats(claim, evidence.events),
    )
    if verdict == "cannot_be_checked" and not reasons:
        reasons = (reason("single_figure"),)
    needed = () if verdict in ("reproduced", "other_base") else needed_for(claim, evidence.indicators)
    return Finding(claim.id, verdict, reasons, steps, (), needed)


def _told_once(reasons: Iterable[Reason]) -> Iterator[Reason]:
    """A clash with exactly the figure that another publication gives for the same thing is not told twice."""
    differ: set[tuple[str, ...]] = set()
    for why in reasons:
        differ |= {why.claims} if why.key == "differs_from" else set()
        if why.key != "cannot_all_be_true" or why.claims not in differ:
            yield why


def _with_other_base(verdicts: list[str], result: MethodResult) -> list[str]:
    """A change that fits another base is not one that fits none."""
    return (
        [verdict for verdict in verdicts if verdict != "does_not_follow"] + ["other_base"]
        if result.verdicts
        else verdicts
    )


def _of_counts(steps: Iterable[Step], claim: Claim) -> list[Reason]:
    """The counts behind a percentage, and whether chance alone could part them."""
    for step in steps:
        if (
            step.key in ("change", "change_other_base")
            and step.derived.partition("/")[0] == claim.id
            and claim.measures == "count"
            and step.fits
        ):
            now, before = step.numbers
            limits = chance(now, before)
            small = [reason("small_base", now=now, before=before)] if before < integer_counts.FEWEST_SHOWN else []
            return small + (
                [reason("clear" if limits.clear else "chance", p=limits.p, low=limits.low, high=limits.high)]
                if limits
                else []
            )
    return []
