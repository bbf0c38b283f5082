"""Who is reading, in which language, about which place, and what does the address ask? The address is the state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from language import LANGUAGES, Translator, negotiated, translator
from loaders import Place
from measures.about.first_place import first_place
from measures.store.frozen import shown_on
from measures.store.shelf import Shelf, open_shelf

MAX_AREAS = 6
NAMES = frozenset(
    [
        "lang",
        "place",
        "measure",
        "category",
        "area",
        "view",
        "from",
        "to",
        "release",
        "method",
        "by",
        "anyway",
        "dataset",
        "format",
        "system",
        "region",
        "individual",
        "figures",
        "claim",
        "indicator",
        "where",
        "year",
        "verdict",
        "page",
        "says",
        "figure",
        "length",
        "period",
        "base",
        "bound",
        "as_of",
        "show",
        "find",
    ]
)  # what an address may hold; anything else changes nothing


@dataclass(frozen=True)
class Address:
    """A page with what its address holds, as its reader asked for it.

    ``values``: name → its values, in the order of the names. ``language``: a code, of the address or else as the
    browser wishes. ``host``: scheme and host of the site, as the browser knows it; '' where nobody told.
    """

    page: str
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    language: str = "en"
    host: str = ""


@dataclass(frozen=True)
class Reader:
    """One reader's view of one run: language, place, page, and the calm sentences about what the address got wrong.

    ``values``: what the address holds. ``asked``: what is shown for it. ``usual``: what is shown where it holds
    nothing. ``as_of``: the day whose figures are shown; ''
    for those of today.
    """

    say: Translator
    shelf: Shelf
    place: Place
    page: str
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    host: str = ""
    as_of: str = ""
    asked: dict[str, str | list[str]] = field(default_factory=dict)
    usual: dict[str, str | list[str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The address's value for ``name`` as it stands there, the last one where it is repeated; '' without one.

        Raises KeyError for a name that no address may hold.
        """
        if name not in NAMES:
            raise KeyError(name)
        return (self.values.get(name) or [""])[-1]

    def ask(self, name: str, options: Sequence[str], default: str) -> str:
        """The address's value for ``name`` when it is one of the options; else the default, with a calm remark."""
        return self.ask_text(name, lambda value: value in options, default)

    def ask_several(self, name: str, options: Sequence[str], default: Sequence[str]) -> list[str]:
        """All values of a repeated name that are options, up to six; the default when none is."""
        values = list(dict.fromkeys(self.values.get(name, ())))
        known = [value for value in values if value in options][:MAX_AREAS]
        if len(known) < len(values):
            self.remark()
        self.usual[name] = list(default)
        self.asked[name] = known or list(default)
        return known or list(default)

    def ask_text(self, name: str, accepts: Callable[[str], bool], default: str = "") -> str:
        """The address's text for ``name`` where it is accepted; else the default, with a calm remark."""
        value = self.value(name)
        accepted = bool(value) and accepts(value)
        if value and not accepted:
            self.remark()
        self.usual[name] = default
        self.asked[name] = value if accepted else default
        return self.asked[name]

    def remark(self) -> None:
        """Note that the address holds something that is not known."""
        sentence = self.say("Part of this address is not known here, so the usual choice is shown instead.")
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    @property
    def state(self) -> dict[str, str | list[str]]:
        """What the address of this very view holds, language and place always."""
        return self.site_state | self.asked

    @property
    def chosen(self) -> dict[str, str | list[str]]:
        """What the address of this very view must hold: the usual choices left out, so that it moves with them."""
        return {name: value for name, value in self.state.items() if value and value != self.usual.get(name)}

    @property
    def site_state(self) -> dict[str, str]:
        """What every address that a reader is led to holds: language, place, and the day where the figures are
        frozen."""
        frozen = {"as_of": self.as_of} if self.as_of else {}
        return {"lang": self.say.code, "place": self.place.id, **frozen}


def address_of(page: str, pairs: Iterable[tuple[str, str]], wished: str | None = None, host: str = "") -> Address:
    """The address of a page from the pairs of its query. ``wished``: the browser's Accept-Language, which decides where
    the address names no language.
    """
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        if name in NAMES:
            values.setdefault(name, []).append(value)
    language = values.get("lang", [""])[-1]
    code = language if language in LANGUAGES else negotiated(wished)
    return Address(page, tuple((name, tuple(values[name])) for name in sorted(values)), code, host)


def reader_of(address: Address, shelf: Shelf | None = None) -> Reader:
    """The reader of an address; the place that is shown first where it names none that is known."""
    shelf, values = shelf or open_shelf(), dict(address.values)
    shelf, day = shown_on(shelf, _last(values, "as_of"), _last(values, "place"))
    place = shelf.places.get(_last(values, "place")) or first_place(shelf)
    reader = Reader(translator(address.language), shelf, place, address.page, values, address.host, day)
    if (
        (reader.value("as_of") and not day)
        or reader.value("lang") not in ("", *LANGUAGES)
        or reader.value("place") not in ("", *shelf.places)
    ):
        reader.remark()
    return reader


def _last(values: Mapping[str, Sequence[str]], name: str) -> str:
    return (values.get(name) or [""])[-1]
