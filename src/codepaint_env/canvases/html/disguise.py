"""What makes a page look the same on every machine, and like a page that a person has open."""

from __future__ import annotations

from typing import Any

_SKIPPED = 4_096  # places in V8's row of random numbers at which a page may start


def disguise(version: str, width: int, height: int) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Returns the commands that fix what a page can ask of its browser, machine and user."""
    major = version.partition(".")[0]
    brands = [
        {"brand": "Chromium", "version": major},
        {"brand": "Not)A;Brand", "version": "24"},
    ]
    return (
        ("Emulation.setTimezoneOverride", {"timezoneId": "UTC"}),
        ("Emulation.setLocaleOverride", {"locale": "en-US"}),
        ("Emulation.setHardwareConcurrencyOverride", {"hardwareConcurrency": 4}),
        ("Emulation.setFocusEmulationEnabled", {"enabled": True}),
        # Sealed in, it would say that it is offline where the kernel keeps it from the network, and online elsewhere.
        (
            "Network.overrideNetworkState",
            {
                "offline": False,
                "latency": 10,
                "downloadThroughput": 1e7,
                "uploadThroughput": 1e7,
                "connectionType": "wifi",
            },
        ),
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
    )


def prelude(seed: int) -> str:
    """Returns a script that is run before all of a page's own, and fixes where its random numbers start.

    `Math.random` stays Chromium's own, whose start is fixed by a flag. What `crypto` gives is ours, behind proxies.
    When Chromium is idle depends on the machine: what a page wants done then is done after a frame's time.
    """
    return f"({_PRELUDE})({seed % 2**32}, {seed % _SKIPPED})"


_PRELUDE = """(seed, skipped) => {
  for (let n = skipped; n > 0; n--) Math.random();
  const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect, Bytes = Uint8Array, { imul } = Math;
  const put = (of, name, answer) => {
    const told = getOwnPropertyDescriptor(of, name);
    if (told) defineProperty(of, name, { ...told, value: new Proxy(told.value, { apply: answer }) });
  };
  const { setTimeout, clearTimeout, IdleDeadline, Object, TypeError } = globalThis;
  if (IdleDeadline) {
    const told = { didTimeout: { value: false }, timeRemaining: { value: () => 10 } };
    const idle = Object.create(IdleDeadline.prototype, told);
    put(globalThis, 'requestIdleCallback', (real, self, [handler]) => {
      if (typeof handler !== 'function') throw new TypeError("The callback provided as parameter 1 is not a function.");
      return setTimeout(() => handler(idle), 16);
    });
    put(globalThis, 'cancelIdleCallback', (real, self, [handle]) => clearTimeout(handle));
  }
  if (!globalThis.Crypto) return;
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 24;
  };
  const instead = (name, answer) =>
    put(Crypto.prototype, name, (real, self, given) => answer(apply(real, self, given)));
  instead('getRandomValues', (array) => {
    const bytes = new Bytes(array.buffer, array.byteOffset, array.byteLength);
    for (let n = 0; n < bytes.length; n++) bytes[n] = next();
    return array;
  });
  instead('randomUUID', () => {
    let id = '';
    for (let n = 0; n < 36; n++) {
      const digit = (next() & 15).toString(16);
      id += n === 8 || n === 13 || n === 18 || n === 23 ? '-' : n === 14 ? '4' : n === 19 ? '89ab'[next() & 3] : digit;
    }
    return id;
  });
}"""
