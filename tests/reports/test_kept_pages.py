"""Pages that are kept in the repository fit a phone and bring an icon of their own."""

from __future__ import annotations

import pytest

from headless_chromium import chromium
from places import ROOT

KEPT = {
    "the fidelity page": "docs/fidelity.html",
    "the gallery of a training": "docs/training/discs.html",
}


@pytest.fixture(scope="module")
def phone(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("home")) as browser:
        yield browser.new_page(viewport={"width": 390, "height": 844})


@pytest.mark.parametrize("name", KEPT)
def test_a_page_that_is_kept_fits_a_phone(phone, name):
    phone.goto((ROOT / KEPT[name]).as_uri())
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert phone.locator("link[rel=icon]").count() == 1
