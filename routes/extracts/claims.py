"""Published statements as rows of a file: as published, with codes, the days of their base, and what was found when
each was checked.
"""

from __future__ import annotations

import pandas as pd

from charts.claim_findings import needed_sentence, reason_sentences, step_sentences
from disclosure.remembered import MB, remembered
from language import LANGUAGES, translator
from language.claims import claim_verdict_words
from measures.claims.search import FiledClaim, claims_chosen, found_of
from measures.store.shelf import Shelf


def claims_frame(shelf: Shelf, dataset: str, claim: str = "", **asked: str) -> pd.DataFrame:
    """The statements filed under every code asked for (or the one of that id); one row = one statement."""
    kept = [one.id for one in claims_chosen(found_of(shelf, dataset), **asked) if claim in ("", one.id)]
    frame = _whole(shelf, dataset)
    return frame[frame["claim_id"].isin(kept)].reset_index(drop=True)


@remembered(32 * MB)
def _whole(shelf: Shelf, dataset: str) -> pd.DataFrame:
    return pd.DataFrame([{**one.row, **_checked(one, shelf, dataset)} for one in found_of(shelf, dataset)])


def _checked(one: FiledClaim, shelf: Shelf, dataset: str) -> dict[str, str]:
    """Base, verdict, reasons, arithmetic and what would be needed, in every language."""
    columns = {
        "base": one.claim.base.kind,
        "base_start": one.claim.base.start,
        "base_end": one.claim.base.end,
        "verdict_code": one.finding.verdict,
    }
    for code in LANGUAGES:
        say = translator(code)
        columns[f"verdict_{code}"] = claim_verdict_words(one.finding.verdict, say)
        columns[f"reasons_{code}"] = say.sentences(
            [text for text, _ in reason_sentences(one.finding, shelf, dataset, say)]
        )
        columns[f"arithmetic_{code}"] = say.sentences(step_sentences(one.finding, say))
        columns[f"needed_{code}"] = needed_sentence(one.finding, say)
    return columns
