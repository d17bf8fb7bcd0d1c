"""Where a page's random numbers start: those of `Math.random`, and those that are the machine's own otherwise."""

from __future__ import annotations

_SKIPPED = 4_096  # places in V8's row of random numbers at which a page may start

# Both functions are called, so that they refuse what they refuse, and look native to whoever prints them.
_CRYPTO = """{
  const { apply } = Reflect, { toString } = Number.prototype, Bytes = Uint8Array;
  const { getRandomValues, randomUUID } = Crypto.prototype;
  let state = SEED;
  const byte = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return (mixed >>> 14) & 255;
  };
  const hex = (value) => (value < 16 ? '0' : '') + apply(toString, value, [16]);
  Crypto.prototype.getRandomValues = new Proxy(getRandomValues, { __proto__: null, apply(target, self, args) {
    const view = apply(target, self, args), bytes = new Bytes(view.buffer, view.byteOffset, view.byteLength);
    for (let i = 0; i < bytes.length; i++) bytes[i] = byte();
    return view;
  } });
  if (randomUUID) Crypto.prototype.randomUUID = new Proxy(randomUUID, { __proto__: null, apply(target, self, args) {
    apply(target, self, args);
    let text = '';
    for (let i = 0; i < 16; i++) {
      if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
      const value = byte();
      text += hex(i === 6 ? 64 | (value & 15) : i === 8 ? 128 | (value & 63) : value);
    }
    return text;
  } });
}"""


def chance(seed: int) -> str:
    """Returns a script to be run in each document before any of its own; it leaves no name behind.

    Args:
        seed: [0, 2**32).
    """
    return f"for (let n = {seed % _SKIPPED}; n > 0; n--) Math.random(); {_CRYPTO.replace('SEED', str(seed % 2**32))}"
