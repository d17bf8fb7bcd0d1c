"""A browser for tests of what people look at."""

from __future__ import annotations

from contextlib import contextmanager


@contextmanager
def chromium(home):
    """The browser of the set-up, which has no font of its own to fall back on."""
    from playwright.sync_api import sync_playwright

    from codepaint_env.render.browser import assets

    chrome = assets.find().chrome
    fonts = home / "fonts.conf"  # Chromium ends where it finds no font at all
    fonts.write_text(f"<fontconfig><dir>{chrome.parent / 'fontconfig/fonts'}</dir></fontconfig>")
    place = {"LD_LIBRARY_PATH": str(chrome.parent / "lib"), "FONTCONFIG_FILE": str(fonts), "HOME": str(home)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chrome), env=place, args=["--no-sandbox"], chromium_sandbox=False
        )
        yield browser
        browser.close()
