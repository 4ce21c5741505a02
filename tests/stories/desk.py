"""What people do on a page, in their own words: shared by the stories."""

import re
from collections.abc import Mapping

from playwright.sync_api import Page


def fill(page: Page, fields: Mapping[str, str], *, form: str = "main form") -> None:
    """Type into the fields of a form; choose where there is something to choose."""
    for name, value in fields.items():
        field = page.locator(f"{form} [name='{name}']")
        kind = field.first.get_attribute("type")
        if kind in ("radio", "checkbox"):
            chosen = f"[value='{value}']" if value != "on" else ""
            _tick(page, form, f"[name='{name}']{chosen}")
        elif field.first.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.first.fill(value)


def _tick(page: Page, form: str, which: str) -> None:
    """Choose as a person does: by the words beside it, where the mark itself is out of sight."""
    mark = page.locator(f"{form} {which}")
    words = page.locator(f"{form} {which}.kw-sharing__input:not(:checked) + label")
    if mark.get_attribute("type") == "radio" and words.count() == 1 and words.is_visible():
        words.click()
    else:
        mark.check(force=True)


def send(page: Page, *, form: str = "main form") -> None:
    """Press the form's button and wait for what comes of it."""
    with page.expect_navigation():
        page.locator(f"{form} button:not([type=button])").first.click()


def write(page: Page, action: str, fields: Mapping[str, str]) -> None:
    """Unfold the form that is sent to an address, fill it in and send it."""
    form = f"main form[action$='{action}']"
    page.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")
    fill(page, fields, form=form)
    send(page, form=form)


def course_of(page: Page) -> str:
    """The address of the course whose page this is."""
    found = re.search(r"/course/[^/]+/", page.url)
    assert found, page.url
    return found[0]


def arc(page: Page) -> str:
    """What a page says of where in the course they are."""
    return " ".join(page.locator(".kw-arc__label, .kw-place__label").first.inner_text().split())
