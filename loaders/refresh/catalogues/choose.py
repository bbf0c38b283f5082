"""Which of the files that a catalogue lists does a card mean? One, with the reason; where two fit, none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit, urlunsplit

from loaders.cards.name_patterns import matched, names_period
from loaders.cards.refresh_schema import asks_for_records
from loaders.refresh.catalogues.resource import NoCatalogue, Resource, origin
from loaders.schema.fields import shown

MOST = 8  # files that a refusal names


@dataclass(frozen=True)
class Choice:
    """The file that is taken of ``listed`` files, of which ``fitting`` fit.

    ``by``: 'period' (the one in its name) or 'date' (the one in the catalogue), '' where it is the only one that fits;
    ``latest`` and ``next``: those of the newest and of the next one.
    """

    resource: Resource
    listed: int
    fitting: int = 1
    by: str = ""
    latest: str = ""
    next: str = ""

    @property
    def name(self) -> str:
        """What the publisher calls it, on one line and without what a terminal obeys."""
        return shown(self.resource.title or self.resource.file)

    def __str__(self) -> str:
        date = f", {self.resource.modified[:10]}" if self.resource.modified else ""
        taken = f"taken: '{self.name}' ({self.resource.format}{date}): "
        if not self.by:
            return f"{taken}the only one of {self.listed} listed that fits"
        by = "the period in its name" if self.by == "period" else "the date in the catalogue"
        return f"{taken}the newest of {self.fitting} that fit, by {by}: {self.latest}, the next one {self.next}"


def chosen(listed: Sequence[Resource], asked: dict) -> Choice:
    """The newest file that fits the words of the card. Raises NoCatalogue when none fits, or two."""
    fitting = _fitting(listed, asked)
    if not fitting:
        todo = "Fix title, file or format in [refresh]."
        raise NoCatalogue("lists no file that fits", _wanted(asked), named(listed) or "an empty list", todo)
    choice = Choice(fitting[0][1], len(listed)) if len(fitting) == 1 else _newest(listed, fitting, asked)
    return replace(choice, resource=_reachable(choice.resource, asked))


def _fitting(listed: Sequence[Resource], asked: dict) -> list[tuple[str, Resource]]:
    """Those that fit, each address once, with the period that its title or file name says ('' = none is asked for)."""
    fitting: dict[tuple, tuple[str, Resource]] = {}
    for resource in listed:
        if not resource.address or not resource.is_of(asked["format"]):
            continue
        said = [
            matched(asked[word], text)
            for word, text in (("title", resource.title), ("file", resource.file))
            if word in asked
        ]
        if None not in said:
            key = (resource.address.partition("#")[0], resource.body, resource.id if asked["format"] == "ckan" else "")
            fitting.setdefault(key, (max(said, default=""), resource))
    return list(fitting.values())


def _newest(listed: Sequence[Resource], fitting: list[tuple[str, Resource]], asked: dict) -> Choice:
    """The newest of several: by the period in their names, or by the catalogue's date where the card says so."""
    by_period = any(names_period(asked[word]) for word in ("title", "file") if word in asked)
    if not by_period and not asked.get("newest"):
        todo = "Say more in title or file; or newest = true, if the latest of them is meant."
        raise NoCatalogue("lists more than one file that fits", "one", named([one for _, one in fitting]), todo)
    dates = [period if by_period else resource.modified for period, resource in fitting]
    latest = max(dates)
    newest = [pair for pair, date in zip(fitting, dates, strict=True) if date == latest]
    if "" in dates or len(newest) > 1:
        what = "gives no date to a file that fits" if "" in dates else "lists two files that fit and are as new"
        unclear = [pair for pair, date in zip(fitting, dates, strict=True) if date in ("", latest)]
        todo = "Say more in title or file of [refresh]."
        raise NoCatalogue(what, "one newest", named([one for _, one in unclear]), todo)
    by = "period" if by_period else "date"
    return Choice(newest[0][1], len(listed), len(fitting), by, latest, sorted(dates)[-2])


def _reachable(resource: Resource, asked: dict) -> Resource:
    """The file with an address that may be asked: on the host of the catalogue, or on one that the card names.

    An address in clear on the same host is asked for safely. Raises NoCatalogue.
    """
    try:
        parts, home = urlsplit(resource.address), urlsplit(asked["url"])
        host = parts.netloc.casefold()
        if parts.scheme == "http" and home.scheme == "https" and parts.port in (None, 80):
            parts, host = parts._replace(scheme="https", netloc=parts.hostname or ""), (parts.hostname or "").casefold()
        known = parts.username is None and parts.password is None and parts.scheme == home.scheme
    except ValueError:
        raise NoCatalogue("leads to no address", "https://…", shown(resource.address)) from None
    if not known or host not in {home.netloc.casefold(), *(name.casefold() for name in asked.get("hosts", ()))}:
        todo = "If files of the publisher stand there, name that host in hosts of [refresh]."
        raise NoCatalogue("leads to another host", origin(asked["url"]), shown(origin(resource.address)), todo)
    if not resource.address.isprintable() or " " in resource.address or len(resource.address) > 4000:
        raise NoCatalogue("leads to no address", "an address on one line", shown(resource.address))
    if asked["format"] not in ("ckan", "socrata", "arcgis") and asks_for_records(parts.path):
        todo = "Say format = ckan, socrata or arcgis, with group_by and count."
        raise NoCatalogue("leads to records", "a published table", shown(parts.path), todo)
    return replace(resource, address=urlunsplit(parts._replace(fragment="")))


def named(resources: Sequence[Resource]) -> str:
    """Some files as a refusal names them; whatever the catalogue calls them, on one line."""
    names = [f"'{shown(resource.title or resource.file)}' ({_about(resource)})" for resource in resources[:MOST]]
    more = f" and {len(resources) - MOST} more" if len(resources) > MOST else ""
    return ", ".join(names) + more


def _about(resource: Resource) -> str:
    words = (
        resource.format or "format not said",
        shown(resource.file) if resource.file else "",
        resource.modified[:10],
    )
    return ", ".join(filter(None, words))


def _wanted(asked: dict) -> str:
    words = [f"{word} '{asked[word]}'" for word in ("title", "file") if word in asked]
    return ", ".join([asked["format"], *words])
