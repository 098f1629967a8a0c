"""Checks a page with axe-core (npm, ``vendor/VERSIONS``): every rule of WCAG 2.2 A and AA, and of best practice."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_AXE = (Path(__file__).parent / "vendor" / "axe-4.14.1.min.js").read_text()
#: No rule that runs reads style sheets: the only one that would is an experiment of axe-core's.
#: Of siblings that differ in words and addresses alone, such as rows of a table, two are judged.
_RUN = """async (within) => {
  const OWN = /\\s(id|for|href|name|value|title|aria-label|aria-labelledby|aria-describedby|data-[\\w-]+)="[^"]+"/g;
  const shape = (one) => one.outerHTML.replace(OWN, ' $1').replace(/>\\s*[^<\\s][^<]*/g, '>words');
  const alike = [];
  for (const parent of (within ? document.querySelector(within) : document.body).querySelectorAll('*')) {
    if (parent.children.length < 4 || parent.closest('svg')) continue;
    const seen = new Map();
    for (const child of parent.children) {
      const key = shape(child);
      seen.set(key, (seen.get(key) || 0) + 1);
      if (seen.get(key) > 2) alike.push(child);
    }
  }
  const options = {resultTypes: ['violations'], preload: {assets: ['media']}};
  const {violations} = await axe.run({include: [within || document], exclude: alike}, options);
  return violations.map(({id, nodes}) => [id, nodes.map(({html, failureSummary}) => [html, failureSummary])]);
}"""
_SETTLED = """() => Promise.allSettled(
  document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished)
)"""


def violations(page: Page, within: str = "") -> list[str]:
    """Name each broken rule with the element that breaks it; empty where the page as it stands breaks none.

    ``within`` is the selector of a part that is looked at alone, for example of a dialog: that costs less.
    """
    # Behind a link that was pressed there may be nothing yet but an empty document.
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    # A colour on its way to another one is neither of them.
    page.evaluate(_SETTLED)
    found: list[Any] = page.evaluate(_RUN, within)
    return [f"{rule}: {html[:200]} {why}" for rule, nodes in found for html, why in nodes]
