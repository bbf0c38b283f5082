"""Published statements as rows of a file: as published, with codes, the days of their base, and what was found when
each was checked.
"""

from __future__ import annotations

import pandas as pd

from charts.published.claim_findings import needed_sentence, reason_sentences, step_sentences
from disclosure.remembered import MB, remembered
from language import LANGUAGES, translator
from language.claims import claim_verdict_words
from measures.claims.search import FiledClaim, claims_chosen, found_of
from measures.store.shelf import Shelf


def claims_frame(shelf: Shelf, dataset: str, claim: str = "", **filters: str) -> pd.DataFrame:
    """The statements filed under every code asked for (or the one of that id); one row = one statement."""
    ids = [entry.id for entry in claims_chosen(found_of(shelf, dataset), **filters) if claim in ("", entry.id)]
    frame = _whole(shelf, dataset)
    return frame[frame["claim_id"].isin(ids)].reset_index(drop=True)


@remembered(16 * MB)
def _whole(shelf: Shelf, dataset: str) -> pd.DataFrame:
    return pd.DataFrame([{**entry.row, **_checked(entry, shelf, dataset)} for entry in found_of(shelf, dataset)])


def _checked(entry: FiledClaim, shelf: Shelf, dataset: str) -> dict[str, str]:
    """Base, verdict, reasons, arithmetic and what would be needed, in every language."""
    columns = {
        "base": entry.claim.base.kind,
        "base_start": entry.claim.base.start,
        "base_end": entry.claim.base.end,
        "verdict_code": entry.finding.verdict,
    }
    for code in LANGUAGES:
        say = translator(code)
        columns[f"verdict_{code}"] = claim_verdict_words(entry.finding.verdict, say)
        columns[f"reasons_{code}"] = say.sentences(
            [text for text, _ in reason_sentences(entry.finding, shelf, dataset, say)]
        )
        columns[f"arithmetic_{code}"] = say.sentences(step_sentences(entry.finding, say))
        columns[f"needed_{code}"] = needed_sentence(entry.finding, say)
    return columns
