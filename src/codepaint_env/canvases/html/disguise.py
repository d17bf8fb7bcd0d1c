"""What makes a page look the same on every machine, and like a page that a person has open."""

from __future__ import annotations

from codepaint_env.render.browser.pipe import Session

_SKIPPED = 4_096  # places in V8's row of random numbers at which a page may start


async def disguise(session: Session, version: str, width: int, height: int) -> None:
    """Fixes what a page can ask of its browser, machine and user."""
    major = version.partition(".")[0]
    brands = [
        {"brand": "Chromium", "version": major},
        {"brand": "Not)A;Brand", "version": "24"},
    ]
    for method, params in (
        ("Emulation.setTimezoneOverride", {"timezoneId": "UTC"}),
        ("Emulation.setLocaleOverride", {"locale": "en-US"}),
        ("Emulation.setHardwareConcurrencyOverride", {"hardwareConcurrency": 4}),
        ("Emulation.setFocusEmulationEnabled", {"enabled": True}),
        (
            "Emulation.setDeviceMetricsOverride",
            {
                "width": width,
                "height": height,
                "deviceScaleFactor": 1,
                "mobile": False,
                "screenWidth": 1920,
                "screenHeight": 1080,
            },
        ),
        (
            "Emulation.setUserAgentOverride",
            {
                "userAgent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
                f"Chrome/{major}.0.0.0 Safari/537.36",
                "acceptLanguage": "en-US,en",
                "platform": "Linux x86_64",
                "userAgentMetadata": {
                    "brands": brands,
                    "fullVersion": f"{major}.0.0.0",
                    "platform": "Linux",
                    "platformVersion": "6.0.0",
                    "architecture": "x86",
                    "model": "",
                    "mobile": False,
                },
            },
        ),
    ):
        await session.send(method, params)


def prelude(seed: int) -> str:
    """Returns a script that is run before all of a page's own, and leaves no trace but where random numbers start."""
    return f"for (let n = {seed % _SKIPPED}; n > 0; n--) Math.random();"
