"""Who runs this copy of the site, and which domains, words and licences its cards may name."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from pydantic import Field

from loaders.errors import CardError
from loaders.schema.fields import Name, Seen, Text, Words, table_type
from loaders.schema.model import Model, read_toml, validated

Contact = table_type("Contact", {}, {"words": Words, "url": Seen, "repository": Seen})
Term = table_type("Term", {"word": Words, "meaning": Words})


class Site(Model):
    """``site.toml``: the contact, and what this copy adds to the domains and words that come with the project."""

    contact: Contact = Field(
        {}, description="whom readers write to about a mistake: words, url; repository: the address of the source code"
    )
    domains: dict[Name, list[Text]] = Field(
        {}, description="a further domain of measures = its themes in the EU's list (AGRI, ECON, EDUC …)"
    )
    terms: dict[Name, Term] = Field({}, description="a further word of the glossary, and what it means here")

    @property
    def every_domain(self) -> dict[str, list[str]]:
        """Domain → its themes in the EU's list."""
        return known()["domains"] | self.domains

    @property
    def every_term(self) -> list[str]:
        """The keys of the glossary."""
        return [*known()["terms"]["known"], *self.terms]


def read_site(root: Path) -> Site:
    """The site as its file says it; one without a file says nothing. Raises CardError with every fault."""
    path = root / "site.toml"
    return validated(Site, read_toml(path, path.name, CardError), path.name, CardError) if path.exists() else Site()


@cache
def known() -> dict:
    """``known.toml``: licences, domains and words that come with the project."""
    return tomllib.loads(Path(__file__).with_name("known.toml").read_text(encoding="utf-8"))


def is_open(licence: str) -> bool:
    """Is it known to be an open licence?"""
    name, listed = licence.casefold(), known()["licences"]
    named = any(
        name.startswith(beginning.casefold()) and not name[len(beginning) : len(beginning) + 1].isalnum()
        for beginning in listed["open"]
    )
    return named and not any(mark.casefold() in name for mark in listed["not_open"])
