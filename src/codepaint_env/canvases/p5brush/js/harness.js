// Starts a sketch and tells when its picture is finished. Called with the seal's control object and the
// options; p5 and p5.brush are loaded, so the hooks here run after p5.brush has drawn what it holds back.
(control, options) => {
  'use strict';
  const { freeze } = Object;
  const { apply } = Reflect;
  let first = null;
  let frames = 0;
  let settle;
  const finished = new Promise((resolve) => (settle = resolve));
  let outcome = '';
  const { Event, Number, document } = window;
  const { dispatchEvent } = EventTarget.prototype;
  // Listeners of ours in the isolated world read the picture and mark the end; no program knows the secret.
  const tell = (what) => apply(dispatchEvent, document, [new Event(options.secret + what)]);
  const finish = (how) => {
    control.stop();
    if (outcome) return;
    outcome = how;
    if (how === 'done') tell('finished');
    // Errors that nobody caught are reported before the next task: they come first.
    control.later(() => {
      tell('settled');
      settle(outcome);
    });
  };
  control.limitTimers(options.timers, () => finish('timers'));
  control.limitGraphics(options.graphics, () => finish('memory_limit'));

  const { min, max } = options;
  const checkSize = (...sides) => {
    for (const side of sides) {
      if (typeof side === 'number' && (side > max || side < min)) {
        const words = `The canvas is ${sides.join(' x ')}; sides from ${min} to ${max} pixels are drawn.`;
        finish(side > max ? 'too_large' : 'too_small');
        throw new RangeError(words);
      }
    }
  };
  const asNumber = (side) => (side === undefined ? side : Number(side));
  const own = typeof p5 === 'function' ? p5 : null;
  own.disableFriendlyErrors = true;
  own.registerAddon((_p5, fn, lifecycles) => {
    for (const name of ['createCanvas', 'resizeCanvas']) {
      const original = fn[name];
      fn[name] = function (width, height, ...rest) {
        // Text and objects become numbers once: p5 gets what was checked.
        const wide = asNumber(width);
        const high = asNumber(height);
        checkSize(wide, high);
        return apply(original, this, [wide, high, ...rest]);
      };
    }
    fn.pixelDensity = function (density) {
      return density === undefined ? 1 : this;
    };
    lifecycles.presetup = function () {
      first ??= this;
    };
    lifecycles.postsetup = function () {
      const context = this._isGlobal ? window : this;
      if (this === first && typeof context.draw !== 'function') finish('done');
    };
    lifecycles.postdraw = function () {
      if (this === first && ++frames >= options.frames) finish('done');
    };
  });

  return freeze({
    outcome: () => outcome,
    start: () => {
      if (!first && typeof window.setup !== 'function' && typeof window.draw !== 'function') return 'no_setup';
      if (!first) new own();
      return finished;
    },
  });
}
