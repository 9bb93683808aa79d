"""What a careful eye checks on any page, as functions of a browser page.

Each returns what is wrong, as text for the failure message; an empty list is a pass.
"""

from io import BytesIO
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageChops
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"

OVERFLOWING = """() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide <= 0) return [];
  const guilty = [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 4).map(e => e.tagName + '.' + e.getAttribute('class'));
  return [`${wide} px too wide: ${guilty.join(', ')}`];
}"""

CUT = """() => [...document.querySelectorAll('h1, h2, p, .button, .chip, .badge, label, th')]
  .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 1 && e.clientWidth
    && getComputedStyle(e).display !== 'inline'
    && !e.closest('.visually-hidden, thead') && getComputedStyle(e).overflow !== 'visible')
  .map(e => 'cut: ' + e.textContent.trim().slice(0, 40))"""

EXPECTED = """(selector) => {
  const shown = e => e.checkVisibility({checkVisibilityCSS: true}) && !e.disabled
    && e.tabIndex >= 0 && !e.closest('[hidden], dialog:not([open])')
    && !(e.closest('details:not([open])') && !e.matches('summary'));
  const all = [...document.querySelectorAll(selector)].filter(shown);
  all.forEach((e, at) => { e.dataset.stop = at; });
  return all.length;
}"""

FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const label = e.closest('label') || (e.id && document.querySelector(`label[for="${e.id}"]`));
  // A ring may stand around what holds the control.
  const seen = e.matches('input[type=checkbox]') && label ? label
    : e.matches('.search input') ? e.form : e;
  const box = seen.getBoundingClientRect();
  const at = document.elementFromPoint(
    Math.min(innerWidth - 1, Math.max(0, box.x + Math.min(box.width / 2, 12))),
    Math.min(innerHeight - 1, Math.max(0, box.y + box.height / 2)));
  return {
    stop: e.dataset.stop === undefined ? null : Number(e.dataset.stop),
    name: e.tagName + ' '
      + (e.getAttribute('aria-label') || e.textContent || e.name || '').trim().slice(0, 40),
    clear: !!at && (seen.contains(at) || at.contains(seen) || !!at.closest('.card, .search, form')),
    inside: box.bottom > 0 && box.top < innerHeight,
    box: {x: Math.max(0, box.x - 8), y: Math.max(0, box.y - 8),
          width: Math.min(box.width + 16, innerWidth), height: Math.min(box.height + 16, 400)},
  };
}"""

# What a machine chose or wrote, without one of the four things anybody may do about it.
UNCONTROLLED = """() => {
  const controls = scope => [...scope.querySelectorAll('[data-ai-control]')]
    .flatMap(one => one.dataset.aiControl.split(' '));
  const lacking = [...document.querySelectorAll('[data-ai]')].flatMap(e => {
    const there = controls(e.dataset.ai === 'answer' ? document : e);
    return ['why', 'no', 'off', 'human'].filter(one => !there.includes(one))
      .map(one => `${e.dataset.ai} by a machine without ${one}`);
  });
  const unsaid = [['[data-provenance=generated]', 'copy'], ['section[aria-labelledby=for-you]',
    'list'], ['.ask-after', 'answer']]
    .filter(([made, kind]) => document.querySelector(made)
      && !document.querySelector(`[data-ai=${kind}]`))
    .map(([made, kind]) => `${kind} by a machine without a word of it`);
  return [...lacking, ...unsaid];
}"""

SHIFTS = """() => new Promise(done => {
  let sum = 0;
  const eye = new PerformanceObserver(list => list.getEntries().forEach(e => { sum += e.value; }));
  eye.observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 120);
})"""


def too_wide(page: Page, width: int) -> list[str]:
    """Return what makes the page scroll sideways at this width."""
    page.set_viewport_size({"width": width, "height": 800})
    found: list[str] = page.evaluate(OVERFLOWING) + page.evaluate(CUT)
    return [f"at {width}: {text}" for text in found]


def uncontrolled(page: Page) -> list[str]:
    """Return what a machine made that cannot be asked why, refused, switched off, talked over."""
    found: list[str] = page.evaluate(UNCONTROLLED)
    return found


def barriers(page: Page) -> list[str]:
    """Return breaches of WCAG 2.2 AA that axe finds: contrast, names, roles, target sizes."""
    asked = {"runOnly": WCAG, "resultTypes": ["violations"], "preload": False}
    answer: dict[str, Any] = Axe().run(page, options=asked).response
    return [
        f"{breach['id']}: {node['html'][:160]} — {node['failureSummary'][:240]}"
        for breach in answer["violations"]
        for node in breach["nodes"][:3]
    ]


def lost_stops(page: Page) -> list[str]:
    """Tab through the page; return what is never reached, out of order, or hidden when focused."""
    page.wait_for_load_state("networkidle")  # shelves arrive after the page, and are stops too
    wanted: int = page.evaluate(EXPECTED, FOCUSABLE)
    reached: list[int] = []
    wrong: list[str] = []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        spot = page.evaluate(FOCUSED)
        if spot is None:
            break
        if spot["stop"] is not None:
            reached.append(spot["stop"])
        if not spot["inside"] or not spot["clear"]:
            wrong.append(f"hidden while focused: {spot['name']}")
    if missed := sorted(set(range(wanted)) - set(reached)):
        wrong.append(f"never reached: {missed} of {wanted}")
    if reached != sorted(reached):
        wrong.append("the order of Tab is not the order of reading")
    return wrong


def invisible_focus(page: Page, most: int) -> list[str]:
    """Return the first ``most`` stops that look the same with and without the focus."""
    wrong = []
    for _ in range(most):
        page.keyboard.press("Tab")
        spot = page.evaluate(FOCUSED)
        if spot is None:
            break
        with_focus = page.screenshot(clip=spot["box"])
        page.evaluate("document.activeElement.blur()")
        without = page.screenshot(clip=spot["box"])
        if changed_pixels(with_focus, without) < 40:
            wrong.append(f"no visible focus: {spot['name']}")
    return wrong


def changed_pixels(one: bytes, other: bytes) -> int:
    """Return how many pixels differ clearly between two pictures of the same place."""
    pictures = [Image.open(BytesIO(each)).convert("L") for each in (one, other)]
    difference = ImageChops.difference(*pictures)
    return sum(difference.histogram()[32:])


def layout_shift(page: Page) -> float:
    """Return the cumulative layout shift of the page so far."""
    return float(page.evaluate(SHIFTS))
