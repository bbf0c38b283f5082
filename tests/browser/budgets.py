"""How long a page may be, where its first picture stands, how high its foot is, and that a program which knows the rules
of accessibility finds nothing.
"""

from __future__ import annotations

import time
from pathlib import Path

import axe_playwright_python

DESK, PHONE = (1280, 900), (390, 844)
# screens of a page that is opened without a choice, on a desk and on a phone
SCREENS = {
    "home": (2, 3.5),
    "trends": (3, 4),
    "map": (3, 4.5),
    "notable": (3, 4.5),
}
OTHERS = (6, 6)
# pixels from the top to the first picture of a figure; on a phone the key of a map stands between, in two lines where limits are long
FIRST_PICTURE = {"trends": (420, 520), "map": (420, 600)}
FOOT = 120
NARROW = (320, 360, 390)
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = """async () => (await axe.run(document, { resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
  .violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))"""
MEASURES = """() => { const main = document.querySelector('[data-testid=stMain]'), foot = document.querySelector('footer.foot');
  const charts = [...document.querySelectorAll('.st-key-main .stVegaLiteChart')].map(e => e.getBoundingClientRect().top + main.scrollTop);
  return { height: main.scrollHeight, first: Math.min(...charts, 1e6), foot: foot.getBoundingClientRect().height,
    titles: [...document.querySelectorAll('.st-key-main h1')].map(e => e.textContent) }; }"""
WIDTH = "Math.max(document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth)"
FITS = f"{WIDTH} <= innerWidth"
WIDE = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5).slice(0, 4).map(e => e.outerHTML.slice(0, 120))"""
PATIENCE = 15.0  # seconds in which pictures are drawn anew
SMALL = """() => [...document.querySelectorAll('.top a, .top summary, .parts a, .fold > summary, .more > summary')]
  .filter(e => e.getClientRects().length && !e.closest('.skip')).filter(e => e.getBoundingClientRect().height < 43.5)
  .map(e => e.outerHTML.slice(0, 120))"""

COVERED = """() => { const parts = [...document.querySelectorAll('.top .site, .top summary, .top .tongue, .top .reading a')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().width).map(e => [e.textContent.trim(), e.getBoundingClientRect()]);
  return parts.flatMap(([word, a], n) => parts.slice(n + 1).filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1).map(([other]) => `${word} and ${other} lie on one another`)); }"""
# a word of a tile or a figure of a row that is broken within, and the platform's own English names on another page
BROKEN = r"""() => [...document.querySelectorAll('.tiles a span, .tiles a b, .stand .big')].filter(e => e.checkVisibility())
  .flatMap(e => [...e.childNodes].filter(n => n.nodeType === 3).flatMap(n => [...n.data.matchAll(/[^\s\p{Script=Han}]+|\S+(?=[萬万亿億])/gu)]
    .filter(m => { const r = document.createRange(); r.setStart(n, m.index); r.setEnd(n, m.index + m[0].length);
      return new Set([...r.getClientRects()].map(q => Math.round(q.top))).size > 1; }).map(m => `'${m[0]}' is broken`)))"""
ENGLISH = r"""() => document.documentElement.lang === 'en' ? [] : [...document.querySelectorAll('[data-testid=stMain] [aria-label], [data-testid=stMain] [placeholder]')]
  .flatMap(e => ['aria-label', 'placeholder'].map(name => e.getAttribute(name)))
  .filter(text => /^(Open|Clear|Remove|Selected|Choose|Select)\b/.test(text)).map(text => `the name '${text}' is English`)"""


def broken_rules(tab, page: str, place: str, lang: str, size: tuple[int, int]) -> list[str]:
    """What a page that stands in a tab of this size goes beyond; the tab is left with another width."""
    told = tab.evaluate(MEASURES)
    broken = []
    if told["height"] > SCREENS.get(page, OTHERS)[size == PHONE] * size[1]:
        broken.append(f"{told['height'] / size[1]:.1f} screens")
    if page in FIRST_PICTURE and told["first"] > FIRST_PICTURE[page][size == PHONE]:
        broken.append(f"the first picture stands at {told['first']:.0f} px")
    if told["foot"] > FOOT:
        broken.append(f"the foot is {told['foot']:.0f} px high")
    if page in FIRST_PICTURE and place == "london":
        broken += [title for title in told["titles"] if too_long(title, lang)]
    for rule in (SMALL, COVERED, BROKEN, ENGLISH):
        broken += tab.evaluate(rule)
    tab.evaluate(AXE)
    broken += tab.evaluate(RULES)
    for width in NARROW if size == PHONE else ():
        tab.set_viewport_size({"width": width, "height": size[1]})
        broken += too_wide(tab, width)
    return broken


def too_wide(tab, width: int) -> list[str]:
    """What stands beyond the right edge, once the pictures are drawn anew for this width."""
    ends = time.monotonic() + PATIENCE
    while not tab.evaluate(FITS):  # a script that waits in the page is one that its policy shuts out
        if time.monotonic() > ends:
            return [f"{tab.evaluate(WIDTH)} px wide at {width} px: {', '.join(tab.evaluate(WIDE))}"]
        time.sleep(0.05)
    return []


def too_long(title: str, lang: str) -> bool:
    return len(title) > 40 if lang == "zh" else len(title.split()) > 15
