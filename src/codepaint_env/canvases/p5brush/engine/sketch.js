// The sketch API of p5 2.3.4 in an isolate without a page: what a program sees, and who runs it.
// Called with the host that draws, colours, shapes and pinned maths; yields the driver. The numbers that reach the
// picture are p5's own in WEBGL mode, bit for bit. What the driver needs is held before the program can touch it.
(given) => {
  'use strict';
  const {
    host, colors, shapes, math, vector: makeVectors, numbers: makeNumbers, lettering: makeLettering,
    page_stubs: makeStubs, surfaces: makeSurfaces, shapes_of: makeShapes, flat2d: makeFlat, limits, seed,
  } = given;
  const realm = globalThis; // a program may take the name away
  const { apply, construct } = Reflect;
  const { hasInstance } = Symbol;
  const { create, defineProperty, getOwnPropertyDescriptor, getOwnPropertyNames, freeze } = Object;
  const { floor, imul, trunc, fround } = Math;
  const { Map, Proxy, Error, RangeError, TypeError, Date, Float32Array, Number, String, isNaN, parseInt } = realm;
  const { stringify } = JSON;
  const { isArray } = Array;
  const isError = Error.isError ?? ((value) => value instanceof Error);
  const { set: mapSet, delete: mapDelete, forEach: mapForEach } = Map.prototype;
  const { exec } = RegExp.prototype;
  const { slice } = String.prototype;
  const evaluate = realm.eval;
  // Descriptors without a prototype: a program may put `get` on Object.prototype.
  const fix = (owner, name, value, enumerable = false) =>
    defineProperty(owner, name, { __proto__: null, value, writable: true, enumerable, configurable: true });
  const fixGetter = (owner, name, get, set) =>
    defineProperty(owner, name, { __proto__: null, get, set, enumerable: true, configurable: true });
  const cut = (text, length) => apply(slice, text, [0, length]);
  const find = (pattern, text) => apply(exec, pattern, [text]);

  // ---- How it ended.
  const MESSAGE_CHARS = 300;
  const NEEDS_WEBGL = 'p5.brush paints on createCanvas(width, height, WEBGL) only';
  const NO_SKETCH =
    'p5.brush could not resolve an active WEBGL sketch. Call brush.instance(p) and brush.load() after ' +
    'createCanvas(..., WEBGL).';
  let outcome = '';
  let message = '';
  const finish = (how, why = '') => {
    if (outcome && outcome !== 'done') return;
    outcome = how;
    message = cut(why, MESSAGE_CHARS);
  };
  const nameOf = (object, otherwise) => {
    try {
      const made = object.constructor;
      const name = typeof made === 'function' ? made.name : '';
      return typeof name === 'string' && name ? name : otherwise;
    } catch {
      return otherwise;
    }
  };
  const lineOf = (error) => {
    try {
      const frame = find(/\n    at [^\n]*sketch\.js:(\d+):\d+/, `\n${error.stack}`);
      return frame ? frame[1] : '';
    } catch {
      return '';
    }
  };
  // The first line of an error and the line of the program that it came from, as the page path says them.
  const describe = (error) => {
    try {
      if (error === undefined) return 'threw nothing';
      if (error === null || typeof error !== 'object') {
        return cut(`threw ${find(/^.*/, String(error))[0]}`, MESSAGE_CHARS);
      }
      if (!isError(error)) return cut(nameOf(error, 'Object'), MESSAGE_CHARS);
      const said = typeof error.message === 'string' && error.message ? `: ${error.message}` : '';
      const first = find(/^.*/, `${nameOf(error, 'Error')}${said}`)[0];
      const line = lineOf(error);
      return cut(line ? `${first} (line ${line})` : first, MESSAGE_CHARS);
    } catch {
      return 'threw what cannot be described';
    }
  };
  const isFromLibrary = (error) => {
    try {
      const frame = isError(error) && find(/\n    at ([^\n]*)/, `\n${error.stack}`);
      return !!frame && !find(/sketch\.js:/, frame[1]);
    } catch {
      return false;
    }
  };
  const fail = (error) => {
    const what = describe(error);
    if (!canvas.isWebGL && isFromLibrary(error)) finish('no_canvas', `${NEEDS_WEBGL}: ${what}`);
    else finish('error', what);
  };
  // Whoever asks for what only a page has is told so, and a program that goes on regardless ends so all the same.
  const unsupported = (what) => {
    const why = `${what} is not supported by the engine; path="page" draws it`;
    finish('unsupported', why);
    throw new Error(why);
  };

  // ---- The clock moves only when a timer fires, and by 1/64 ms at each reading: p5 itself has read it once.
  const EPOCH_MS = 1_700_000_000_000;
  const FRAME_MS = 1000 / 60;
  let now = 1 / 64;
  const readClock = () => (now += 1 / 64);
  const today = () => EPOCH_MS + floor(readClock());
  const timers = new Map();
  let lastTimer = 0;
  let fired = 0;
  const addTimer = (run, due, every, args) => {
    apply(mapSet, timers, [++lastTimer, { __proto__: null, id: lastTimer, run, due, every, args }]);
    return lastTimer;
  };
  const nextFrame = () => (floor(now / FRAME_MS) + 1) * FRAME_MS;
  const fireNext = () => {
    let next = null;
    apply(mapForEach, timers, [(timer) => {
      if (next === null || timer.due < next.due) next = timer;
    }]);
    if (next === null) return false;
    if (++fired > limits.timers) {
      finish('timers');
      return true;
    }
    if (next.due > now) now = next.due;
    if (next.every === undefined) apply(mapDelete, timers, [next.id]);
    else next.due = now + next.every;
    try {
      apply(next.run, realm, next.args);
    } catch (error) {
      fail(error);
    }
    return true;
  };

  // Mulberry32, the generator that p5.brush uses itself.
  let state = seed | 0;
  const bits = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = imul(state ^ (state >>> 15), state | 1);
    t ^= t + imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const mathRandom = () => bits() / 4294967296;

  // ---- The console: twenty lines of 300 characters.
  const LINES = 20;
  const lines = create(null);
  let lineCount = 0;
  const show = (value) => {
    if (typeof value === 'string') return cut(value, MESSAGE_CHARS);
    if (typeof value === 'bigint') return `${value}n`;
    if (value === null || typeof value !== 'object') return String(value);
    if (isError(value)) return describe(value);
    if (isArray(value)) return `Array(${value.length})`;
    return value instanceof Date ? String(value) : nameOf(value, 'Object');
  };
  const speak = (kind) => (...values) => {
    if (lineCount >= LINES || values.length === 0) return;
    let line = `${kind}: `;
    for (let i = 0; i < values.length && i < 8; i++) {
      let shown = '?';
      try {
        shown = show(values[i]);
      } catch { /* its own fault */ }
      line += (i ? ' ' : '') + shown;
    }
    lines[lineCount++] = cut(line, MESSAGE_CHARS);
  };
  const log = speak('log');

  // ---- The canvas: p5's renderer as far as it shows. Matrices are new lists of 32-bit numbers after each change.
  const identity = () => {
    const matrix = new Float32Array(16);
    matrix[0] = matrix[5] = matrix[10] = matrix[15] = 1;
    return matrix;
  };
  const START = freeze({
    matrix: identity(), fillColor: true, fill: freeze([1, 1, 1, 1]), strokeColor: true, stroke: freeze([0, 0, 0, 1]),
    strokeWeight: 1, rectMode: 'corner', ellipseMode: 'center', imageMode: 'corner', colors: null, tint: null,
    textSize: 12, textLeading: 15, leadingSet: false, textAlign: 'left', textBaseline: 'alphabetic', textWrap: 'WORD',
    textFont: 'sans-serif', fontStyle: 'normal', fontWeight: 'normal', direction: 'inherit',
  });
  let states = { ...START };
  let stack = [];
  let canvas = { isWebGL: false, width: 0, height: 0 };
  let lines2D = { strokeCap: undefined, strokeJoin: undefined };
  const changed = () => {
    const matrix = new Float32Array(16);
    for (let i = 0; i < 16; i++) matrix[i] = states.matrix[i];
    states.matrix = matrix;
    return matrix;
  };
  const translateBy = (x, y, z) => {
    const m = changed();
    const depth = z || 0;
    m[12] += m[0] * x + m[4] * y + m[8] * depth;
    m[13] += m[1] * x + m[5] * y + m[9] * depth;
    m[14] += m[2] * x + m[6] * y + m[10] * depth;
    m[15] += m[3] * x + m[7] * y + m[11] * depth;
  };
  const scaleBy = (x, y, z) => {
    const m = changed();
    for (let i = 0; i < 4; i++) m[i] *= x;
    for (let i = 4; i < 8; i++) m[i] *= y;
    for (let i = 8; i < 12; i++) m[i] *= z;
  };
  // Around the z axis only, with the noughts that p5 multiplies by: they turn what is not finite into NaN.
  const rotateBy = (angle) => {
    const m = changed();
    const sine = Math.sin(angle);
    const cosine = Math.cos(angle);
    const nought = 0 * (1 - cosine) + 0 * sine;
    const still = 1 - cosine + cosine;
    for (let i = 0; i < 4; i++) {
      const [a, b, c] = [m[i], m[i + 4], m[i + 8]];
      m[i] = a * cosine + b * sine + c * nought;
      m[i + 4] = a * -sine + b * cosine + c * nought;
      m[i + 8] = a * nought + b * nought + c * still;
    }
  };
  const multiplyBy = (s) => {
    const m = changed();
    for (let i = 0; i < 4; i++) {
      const [a, b, c, d] = [m[i], m[i + 4], m[i + 8], m[i + 12]];
      for (let j = 0; j < 16; j += 4) m[i + j] = s[j] * a + s[j + 1] * b + s[j + 2] * c + s[j + 3] * d;
    }
  };
  const newCanvas = (width, height, isWebGL) => {
    states = { ...START };
    stack = [];
    lines2D = { strokeCap: undefined, strokeJoin: undefined };
    colors.restore(null);
    const harmless =
      'position style class addClass removeClass toggleClass attribute removeAttribute center hide show ' +
      'mousePressed mouseReleased mouseClicked mouseMoved mouseOver mouseOut mouseWheel doubleClicked drop';
    canvas = { isWebGL, isFlat: false, width, height, id: 'defaultCanvas0', shapes };
    const element = { get width() { return canvas.width; }, get height() { return canvas.height; } };
    for (const name of harmless.split(' ')) element[name] = () => element;
    // The page is empty but for the canvas: an element that is named is not there, and the canvas holds nothing.
    element.parent = (...args) => {
      const [holder] = args;
      if (args.length === 0 || holder === element) return unsupported("the canvas's parent()");
      if (typeof holder !== 'string') throw new TypeError('e.appendChild is not a function');
      if (holder === canvas.id || holder === `#${canvas.id}`) {
        throw new Error("Failed to execute 'appendChild' on 'Node': The new child element contains the parent.");
      }
      throw new TypeError("Cannot read properties of null (reading 'appendChild')");
    };
    element.id = (...args) => {
      if (args.length === 0) return canvas.id;
      canvas.id = String(args[0]);
      return element;
    };
    const steps = { translate: translateBy, rotate: rotateBy, scale: scaleBy };
    for (const name in steps) element[name] = (...args) => (steps[name](...args), element);
    for (const name of ['elt', 'canvas', 'drawingContext', 'GL']) {
      fixGetter(element, name, () => unsupported(`the canvas's ${name}`));
    }
    canvas.element = element;
    tellSize();
  };
  // What a p5.Graphics has of its own, and how the functions below come to work on it.
  const newState = (surface) => ({
    states: { ...START }, stack: [], canvas: surface, colors: null,
    lines2D: { strokeCap: undefined, strokeJoin: undefined },
  });
  const access = {
    get: () => ({ states, stack, canvas, lines2D, colors: colors.state() }),
    set: (kept) => {
      ({ states, stack, canvas, lines2D } = kept);
      colors.restore(kept.colors);
    },
  };
  const tellSize = () => {
    if (canvas.isWebGL && !(canvas.width > 0 && canvas.height > 0)) canvas.isWebGL = false;
    if (canvas.isWebGL) host.size(trunc(canvas.width), trunc(canvas.height));
  };
  // Text and objects become numbers once: what is checked is what is used.
  const checkSize = (wide, high) => {
    const width = Number(wide);
    const height = Number(high);
    for (let i = 0; i < 2; i++) {
      const side = i ? height : width;
      if ((side >= limits.min && side <= limits.max) || side !== side) continue;
      const drawn = `sides from ${limits.min} to ${limits.max} pixels are drawn`;
      const error = new RangeError(`The canvas is ${String(width)} x ${String(height)}; ${drawn}.`);
      finish(side > limits.max ? 'too_large' : 'too_small', describe(error));
      throw error;
    }
    return { width, height };
  };
  const within = (value) => (value > 0 ? (value < 1 ? fround(value) : 1) : 0);
  const paintSheet = (red, green, blue, alpha) => {
    const [r, g, b, a] = [red || 0, green || 0, blue || 0, alpha || 0];
    if (canvas.isWebGL) host.background(within(r * a), within(g * a), within(b * a), within(a));
  };

  // ---- The p5 class. Methods stand on its prototype and, in global mode, on the global object as well.
  let vectors = null; // made when the first is asked for
  let areChecked = false;
  let first = null;
  const ownVectors = () => {
    if (vectors) return vectors;
    vectors = makeVectors();
    if (areChecked) vectors.check();
    return vectors;
  };
  const isVector = (value) => vectors !== null && value instanceof vectors.Vector;
  let framesDrawn = 0;
  class p5 {
    constructor(sketch) {
      areChecked = true;
      vectors?.check();
      if (first) unsupported('a second sketch (new p5)');
      this.hitCriticalError = false;
      this._setupDone = false;
      this._isGlobal = false;
      this._loop = true;
      this._inUserDraw = false;
      this._millisStart = -1;
      this._lcg_random_state = null;
      this._gaussian_previous = false;
      this.windowWidth = 512;
      this.windowHeight = 512;
      if (sketch) sketch(this);
      else {
        this._isGlobal = true;
        p5.instance = this;
        bind(this);
      }
      run(this);
    }
  }
  const fn = p5.prototype;
  p5.VERSION = '2.3.4';
  p5.instance = null;
  p5.disableFriendlyErrors = true;
  defineProperty(p5, 'Vector', {
    __proto__: null,
    get: () => {
      const { Vector } = ownVectors();
      fix(p5, 'Vector', Vector, true);
      return Vector;
    },
    set: (value) => fix(p5, 'Vector', value, true),
    enumerable: true, configurable: true,
  });
  p5.Color = colors.Color;
  const bind = (instance) => {
    for (const name of getOwnPropertyNames(fn)) {
      if (name === 'constructor' || name[0] === '_') continue;
      const descriptor = getOwnPropertyDescriptor(fn, name);
      const { value } = descriptor;
      if (typeof value === 'function' || find(/^[A-Z]/, name)) {
        const bound = typeof value === 'function' ? value.bind(instance) : value;
        defineProperty(realm, name, { __proto__: null, value: bound, enumerable: true, configurable: true });
      } else fixGetter(realm, name, () => instance[name]);
    }
    for (const name of ['hitCriticalError', 'windowWidth', 'windowHeight']) {
      fixGetter(realm, name, () => instance[name]);
    }
  };

  // p5's lifecycle, with its waits and its readings of the clock.
  const hook = async (name) => {
    host.lifecycle[name]();
    await null;
    await null;
  };
  const run = async (sketch) => {
    try {
      first = sketch;
      await hook('presetup');
      newCanvas(100, 100, false);
      sketch._millisStart = readClock();
      const context = sketch._isGlobal ? realm : sketch;
      if (typeof context.setup === 'function') await context.setup();
      sketch._lastTargetFrameTime = readClock();
      sketch._lastRealFrameTime = readClock();
      sketch._setupDone = true;
      if (!canvas.isWebGL) throw new Error(NO_SKETCH);
      const settled = hook('postsetup');
      if (typeof context.draw !== 'function') finish('done');
      await settled;
      sketch._millisStart = readClock();
      await null;
      await drawFrame(sketch);
    } catch (error) {
      fail(error);
    }
  };
  const drawFrame = async (sketch, timestamp) => {
    const at = timestamp || readClock();
    const pause = 1000 / sketch._targetFrameRate;
    if (!sketch._loop || at - sketch._lastTargetFrameTime >= pause - 5) {
      sketch.deltaTime = at - sketch._lastRealFrameTime;
      sketch._frameRate = 1000.0 / sketch.deltaTime;
      await redraw(sketch);
      const target = sketch._lastTargetFrameTime + pause;
      sketch._lastTargetFrameTime = target > at ? target : at;
      sketch._lastRealFrameTime = at;
    }
    if (sketch._loop) {
      const due = nextFrame();
      addTimer((time) => guarded(drawFrame(sketch, time)), due, undefined, [due]);
    }
  };
  const guarded = async (promise) => {
    try {
      return await promise;
    } catch (error) {
      fail(error);
      return undefined;
    }
  };
  const redraw = async (sketch, n) => {
    if (sketch._inUserDraw || !sketch._setupDone) return;
    const wanted = parseInt(n);
    const count = isNaN(wanted) || wanted < 1 ? 1 : wanted;
    const context = sketch._isGlobal ? realm : sketch;
    if (typeof context.draw !== 'function') return;
    for (let i = 0; i < count; i++) {
      states.matrix = identity();
      sketch.frameCount = context.frameCount + 1;
      await hook('predraw');
      sketch._inUserDraw = true;
      try {
        await context.draw();
      } finally {
        sketch._inUserDraw = false;
      }
      const settled = hook('postdraw');
      if (++framesDrawn >= (limits.frames ?? 1)) finish('done');
      await settled;
    }
  };

  const structure = {
    noLoop() {
      this._loop = false;
    },
    loop() {
      if (this._loop) return;
      this._loop = true;
      if (this._setupDone) guarded(drawFrame(this));
    },
    isLooping() {
      return this._loop;
    },
    redraw(n) {
      return guarded(redraw(this, n));
    },
    remove() {
      return unsupported('remove()');
    },
    print(...args) {
      if (args.length === 0) unsupported('print() without arguments');
      log(...args);
    },
    frameRate(fps) {
      if (typeof fps !== 'number' || fps < 0) return this._frameRate;
      this._targetFrameRate = fps;
      if (fps === 0) this._frameRate = fps;
      return this;
    },
    getFrameRate() {
      return this.frameRate();
    },
    setFrameRate(fps) {
      return this.frameRate(fps);
    },
    getTargetFrameRate() {
      return this._targetFrameRate;
    },
    millis() {
      return this._millisStart === -1 ? 0 : readClock() - this._millisStart;
    },
    year: () => new Today().getFullYear(),
    month: () => new Today().getMonth() + 1,
    day: () => new Today().getDate(),
    hour: () => new Today().getHours(),
    minute: () => new Today().getMinutes(),
    second: () => new Today().getSeconds(),
    keyIsDown: () => false,
    createVector(...args) {
      this._boundFromRadians ??= this._fromRadians.bind(this);
      this._boundToRadians ??= this._toRadians.bind(this);
      const values = args.length === 0 ? [0, 0, 0] : isArray(args[0]) ? args[0] : args;
      const { Vector } = ownVectors();
      return new Vector(this._boundFromRadians, this._boundToRadians, ...values);
    },
  };

  const BLENDS = 'darken lighten lighter subtract screen exclusion copy multiply destination-out'.split(' ');
  const attributesOf = (sketch) => ({
    alpha: true, depth: true, stencil: true, antialias: true, premultipliedAlpha: true, preserveDrawingBuffer: true,
    perPixelLighting: true, version: 2, ...sketch._glAttributes,
  });
  const rendering = {
    createCanvas(width, height, renderer) {
      const size = checkSize(width, height);
      newCanvas(size.width, size.height, renderer === 'webgl' || renderer === 'webgl2');
      this.webglVersion = canvas.isWebGL ? 'webgl2' : this.webglVersion;
      return canvas.element;
    },
    resizeCanvas(width, height, noRedraw) {
      const size = checkSize(width, height);
      canvas.width = size.width;
      canvas.height = size.height;
      tellSize();
      if (!noRedraw) this.redraw();
    },
    pixelDensity(density) {
      return density === undefined ? 1 : this;
    },
    displayDensity: () => 1,
    // A change makes p5 put a new canvas in the place of the old one.
    setAttributes(key, value) {
      if (!canvas.isWebGL) throw new TypeError('this._renderer._setAttributes is not a function');
      const now = attributesOf(this);
      const isOne = value !== undefined;
      if (isOne ? now[key] === value : typeof key !== 'object' || key === null || key === this._glAttributes) return;
      this._glAttributes = isOne ? { ...now, [key]: value } : key;
      for (const name of ['alpha', 'premultipliedAlpha']) {
        if (!attributesOf(this)[name]) unsupported(`setAttributes("${name}", false)`);
      }
      if (attributesOf(this).version !== 2) unsupported('setAttributes("version", 1)');
      newCanvas(canvas.width, canvas.height, true);
    },
    smooth() {
      if (canvas.surface) canvas.isRough = false;
      else if (canvas.isWebGL) this.setAttributes('antialias', true);
      return this;
    },
    noSmooth() {
      if (canvas.surface) canvas.isRough = true;
      else if (canvas.isWebGL) this.setAttributes('antialias', false);
      return this;
    },
    push() {
      stack.push({ ...states, colors: colors.state(), lines2D });
      canvas.shapes.push?.();
      if (canvas.surface) lines2D = { ...lines2D };
      else host.fn.push();
    },
    pop() {
      const kept = stack.pop();
      if (canvas.isFlat && !kept) return;
      const { lines2D: ends, ...before } = kept ?? START;
      states = before;
      colors.restore(states.colors);
      canvas.shapes.pop?.();
      if (canvas.isFlat) lines2D = ends;
      if (!canvas.surface) host.fn.pop();
    },
    applyMatrix(...given) {
      const args = isArray(given[0]) || ArrayBuffer.isView(given[0]) ? [...given[0]] : given;
      const [a, b, c, d, e, f] = args;
      multiplyBy(args.length === 16 ? args : [a, b, 0, 0, c, d, 0, 0, 0, 0, 1, 0, e, f, 0, 1]);
      return this;
    },
    resetMatrix() {
      states.matrix = identity();
      return this;
    },
    rotate(angle, axis) {
      const turn = this._toRadians(angle);
      if (axis === undefined) rotateBy(turn);
      else {
        const [x, y, z] = isVector(axis) ? [axis.x, axis.y, axis.z] : isArray(axis) ? axis : [1];
        if (x || y || !(z > 0)) unsupported('rotate() about another axis than z');
        rotateBy(turn);
      }
      return canvas.element;
    },
    rotateZ(angle) {
      assert3D('rotateZ');
      rotateBy(this._toRadians(angle));
      return canvas.element;
    },
    scale(x, y, z) {
      let sides = [x, y, z];
      if (isVector(x)) sides = [x.x, x.y, x.z];
      else if (isArray(x)) sides = [x[0], x[1], x[2] || 1];
      if (isNaN(sides[1])) sides[1] = sides[2] = sides[0];
      else if (isNaN(sides[2])) sides[2] = 1;
      scaleBy(...sides);
      return canvas.element;
    },
    shearX(angle) {
      multiplyBy([1, 0, 0, 0, Math.tan(this._toRadians(angle)), 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
      return this;
    },
    shearY(angle) {
      multiplyBy([1, Math.tan(this._toRadians(angle)), 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
      return this;
    },
    translate(x, y, z) {
      if (isVector(x)) translateBy(x.x, x.y, x.z);
      else translateBy(x, y, z);
      return canvas.element;
    },
    background(...args) {
      if (surfaces.isSurface(args[0])) {
        surfaces.cover(args[0]);
        return;
      }
      if (typeof args[0]?.width === 'number') unsupported('background(image)');
      if (canvas.isFlat) {
        const [red, green, blue, alpha] = colors.color(...args)._array;
        const { width, height } = canvas;
        host.flat(3, [red * alpha, green * alpha, blue * alpha, alpha], [[0, 0, width, 0, width, height, 0, height]]);
      } else paintSheet(...colors.color(...args)._getRGBA());
    },
    clear(...args) {
      if (canvas.isFlat) host.background(0, 0, 0, 0);
      else paintSheet(...args);
      return this;
    },
    fill(...args) {
      if (args.length) {
        const color = colors.color(...args);
        states.fillColor = true;
        if (canvas.isWebGL || canvas.isFlat) states.fill = color._array;
      }
    },
    stroke(...args) {
      if (args.length) {
        const color = colors.color(...args);
        states.strokeColor = true;
        if (canvas.isWebGL || canvas.isFlat) states.stroke = color._array;
      }
    },
    noFill() {
      states.fillColor = false;
      return this;
    },
    noStroke() {
      states.strokeColor = false;
      return this;
    },
    strokeWeight(weight) {
      if (weight === undefined) return states.strokeWeight;
      states.strokeWeight = weight;
      return undefined;
    },
    // What WEBGL mode does not know, it passes over.
    blendMode(mode) {
      if (mode === 'normal') {
        console.warn('NORMAL has been deprecated for use in blendMode. defaulting to BLEND instead.');
      } else if (BLENDS.includes(mode) || (canvas.isFlat && mode !== 'source-over')) {
        unsupported(`blendMode("${mode}")`);
      }
    },
  };
  const modes = {
    rectMode: ['corner', 'corners', 'radius', 'center'],
    ellipseMode: ['corner', 'corners', 'radius', 'center'],
    imageMode: ['corner', 'corners', 'center'],
  };
  for (const name in modes) {
    rendering[name] = function (mode) {
      if (mode === undefined && name !== 'imageMode') return states[name];
      if (modes[name].includes(mode)) states[name] = mode;
      return name === 'imageMode' ? undefined : this;
    };
  }
  // These outlive pop(), as in p5.
  const endings = { strokeCap: ['round', 'butt', 'square'], strokeJoin: ['round', 'bevel', 'miter'] };
  for (const name in endings) {
    rendering[name] = function (kind) {
      if (kind === undefined || endings[name].includes(kind)) lines2D[name] = kind;
      return kind === undefined ? undefined : this;
    };
  }
  const assert3D = (name) => {
    if (canvas.isWebGL) return;
    throw new Error(
      `${name}() is only supported in WEBGL mode. If you'd like to use 3D graphics and WebGL, see  ` +
        'https://p5js.org/examples/form-3d-primitives.html for more information.',
    );
  };

  const drawn = {};
  const GETTERS = ['bezierOrder', 'splineProperty', 'splineProperties', 'curveDetail'];
  const CHAINED = 'arc ellipse circle line point quad rect square triangle bezier spline'.split(' ');
  const SHAPES =
    'rect square ellipse circle arc line point triangle quad bezier spline beginShape vertex bezierVertex splineVertex ' +
    'beginContour endContour endShape bezierOrder splineProperty splineProperties curveDetail';
  for (const name of SHAPES.split(' ')) {
    const isGetter = GETTERS.includes(name);
    const isChained = CHAINED.includes(name);
    drawn[name] = function (...args) {
      if (!canvas.isWebGL && !canvas.isFlat && !isGetter) return isChained ? this : undefined;
      const { width, height } = canvas.framebuffer ?? canvas;
      const result = (canvas.flat ?? canvas.shapes).draw(name, args, {
        matrix: states.matrix,
        width,
        height,
        fill: states.fillColor ? states.fill : null,
        stroke: states.strokeColor ? states.stroke : null,
        strokeWeight: states.strokeWeight,
        strokeCap: lines2D.strokeCap,
        strokeJoin: lines2D.strokeJoin,
        rectMode: states.rectMode,
        ellipseMode: states.ellipseMode,
        isRadians: this._angleMode === 'radians',
      });
      return isChained ? this : result;
    };
  }

  const colour = {};
  const COLOUR = 'color colorMode lerpColor paletteLerp red green blue alpha hue saturation brightness lightness';
  for (const name of COLOUR.split(' ')) colour[name] = (...args) => colors[name](...args);

  const computed = makeNumbers({
    math,
    reseeded: { random: (value) => host.fn.randomSeed(value), noise: (value) => host.fn.noiseSeed(value) },
  });

  // Nothing that shows: the cursor, and words for those who cannot see the canvas.
  const SILENT = 'cursor noCursor describe describeElement textOutput gridOutput noErase noLights';
  const silent = {};
  for (const name of SILENT.split(' ')) silent[name] = () => {};
  // Functions of p5's shader language: outside a shader p5 answers some with nothing and trips over others.
  const MUTE =
    'acosh asinh atanh cosh sinh tanh clamp dFdx dFdy exp2 fma fwidth log2 mix roundEven sign smoothstep step trunc ' +
    'equal faceforward length notEqual reflect refract discard';
  for (const name of MUTE.split(' ')) silent[name] = () => undefined;
  for (const name of ['inversesqrt', 'mod', 'cross', 'distance', 'dot', 'normalize']) {
    silent[name] = () => {
      throw new TypeError("Cannot read properties of undefined (reading 'apply')");
    };
  }

  // ---- All that p5 has, in its order; what is not written above is not supported.
  const constants = {
    DEG_TO_RAD: Math.PI / 180, RAD_TO_DEG: 180 / Math.PI, PI: Math.PI, TWO_PI: Math.PI * 2, TAU: Math.PI * 2,
    HALF_PI: Math.PI / 2, QUARTER_PI: Math.PI / 4, POINTS: 0, LINES: 1, LINE_LOOP: 2, LINE_STRIP: 3, TRIANGLES: 4,
    TRIANGLE_STRIP: 5, TRIANGLE_FAN: 6, EMPTY_PATH: 7, PATH: 8, INCLUDE: Symbol('include'), EXCLUDE: Symbol('exclude'),
    JOIN: Symbol('join'),
    ADD: 'lighter', ALT: 'Alt', ARROW: 'default', AUTO: 'auto', AXES: 'axes', BACKSPACE: 'Backspace',
    BASELINE: 'alphabetic', BEVEL: 'bevel', BEZIER: 'bezier', BLEND: 'source-over', BLUR: 'blur', BOLD: 'bold',
    BOLDITALIC: 'bold italic', BOTTOM: 'bottom', BURN: 'color-burn', CENTER: 'center', CHAR: 'CHAR', CHORD: 'chord',
    CLAMP: 'clamp', CLOSE: 'close', CONTAIN: 'contain', CONTROL: 'Control', CORNER: 'corner', CORNERS: 'corners',
    COVER: 'cover', CROSS: 'crosshair', CURVE: 'curve', DARKEST: 'darken', DELETE: 'Delete', DIFFERENCE: 'difference',
    DILATE: 'dilate', DODGE: 'color-dodge', DOWN_ARROW: 'ArrowDown', ENTER: 'Enter', ERODE: 'erode', ESCAPE: 'Escape',
    EXCLUSION: 'exclusion', FALLBACK: 'fallback', FILL: 'fill', FLAT: 'flat', FLOAT: 'float', FULL: 'full',
    GRAY: 'gray', GRID: 'grid', HALF_FLOAT: 'half-float', HAND: 'pointer', HARD_LIGHT: 'hard-light', IMAGE: 'image',
    IMMEDIATE: 'immediate', INVERT: 'invert', ITALIC: 'italic', LABEL: 'label', LANDSCAPE: 'landscape', LEFT: 'left',
    LEFT_ARROW: 'ArrowLeft', LIGHTEST: 'lighten', LINEAR: 'linear', LINEAR_MIPMAP: 'linear_mipmap', MIRROR: 'mirror',
    MITER: 'miter', MOVE: 'move', MULTIPLY: 'multiply', NEAREST: 'nearest', NORMAL: 'normal', OPAQUE: 'opaque',
    OPEN: 'open', OPTION: 'Alt', OVERLAY: 'overlay', P2D: 'p2d', P2DP3: 'p2d-p3', PIE: 'pie', PORTRAIT: 'portrait',
    POSTERIZE: 'posterize', PROJECT: 'square', QUADRATIC: 'quadratic', QUADS: 'quads', QUAD_STRIP: 'quad_strip',
    RADIUS: 'radius', REMOVE: 'destination-out', REPEAT: 'repeat', REPLACE: 'copy', RETURN: 'Enter', RIGHT: 'right',
    RIGHT_ARROW: 'ArrowRight', ROUND: 'round', SCREEN: 'screen', SHIFT: 'Shift', SIMPLE: 'simple', SMOOTH: 'smooth',
    SOFT_LIGHT: 'soft-light', SQUARE: 'butt', STROKE: 'stroke', SUBTRACT: 'subtract', TAB: 'Tab', TESS: 'tess',
    TEXT: 'text', TEXTURE: 'texture', THRESHOLD: 'threshold', TOP: 'top', UNSIGNED_BYTE: 'unsigned-byte',
    UNSIGNED_INT: 'unsigned-int', UP_ARROW: 'ArrowUp', VERSION: '2.3.4', WAIT: 'wait', WEBGL: 'webgl',
    WEBGL2: 'webgl2', WEBGPU: 'webgpu', WORD: 'WORD', RGB: 'rgb', RGBP3: 'rgbp3', HSB: 'hsb', HSL: 'hsl', HWB: 'hwb',
    LAB: 'lab', LCH: 'lch', OKLAB: 'oklab', OKLCH: 'oklch', RGBA: 'rgba', VIDEO: 'video', AUDIO: 'audio',
    DEGREES: 'degrees', RADIANS: 'radians',
  };
  const values = {
    frameCount: 0, deltaTime: 0, focused: true, webglVersion: 'p2d', displayWidth: 512, displayHeight: 512,
    windowWidth: 0, windowHeight: 0, deviceOrientation: 'portrait', keyIsPressed: false, key: '', code: '', keyCode: 0,
    mouseIsPressed: false, touches: [], mouseButton: { left: false, right: false, center: false },
  };
  const UNKNOWN = 'pRotateDirectionX pRotateDirectionY pRotateDirectionZ turnAxis';
  for (const name of UNKNOWN.split(' ')) values[name] = undefined;
  const NOUGHTS =
    'accelerationX accelerationY accelerationZ pAccelerationX pAccelerationY pAccelerationZ rotationX rotationY ' +
    'rotationZ pRotationX pRotationY pRotationZ movedX movedY mouseX mouseY pmouseX pmouseY winMouseX winMouseY ' +
    'pwinMouseX pwinMouseY';
  for (const name of NOUGHTS.split(' ')) values[name] = 0;
  const getters = {
    width: () => canvas.width,
    height: () => canvas.height,
    pixels: () => surfaces.pixels(),
    drawingContext: () => unsupported('drawingContext'),
  };
  const lettering = makeLettering({
    states: () => states,
    change: (some) => void (states = { ...states, ...some }),
    unsupported,
  });
  const deferred = {}; // surfaces need all the functions of p5
  const DEFERRED =
    'createGraphics createFramebuffer createImage image tint noTint loadPixels updatePixels get set copy';
  for (const name of DEFERRED.split(' ')) {
    deferred[name] = function (...args) {
      return apply(surfaces.functions[name], this, args);
    };
  }
  const methods = { ...drawn, ...deferred, ...lettering, ...structure, ...rendering, ...colour, ...computed, ...silent };
  const ORDER =
    'pixels drawingContext remove applyMatrix resetMatrix rotate rotateX rotateY rotateZ scale shearX shearY ' +
    'translate push pop noLoop loop isLooping redraw print frameCount deltaTime focused cursor frameRate getFrameRate ' +
    'setFrameRate getTargetFrameRate noCursor webglVersion displayWidth displayHeight windowWidth windowHeight width ' +
    'height fullscreen pixelDensity displayDensity getURL getURLPath getURLParams worldToScreen screenToWorld ' +
    'createCanvas resizeCanvas noCanvas createGraphics createFramebuffer clearDepth arc ellipse circle line point ' +
    'quad rect square triangle ellipseMode noSmooth rectMode smooth strokeCap strokeJoin strokeWeight bezier ' +
    'bezierPoint bezierTangent spline splinePoint splineTangent beginShape bezierVertex endShape normal ' +
    'vertexProperty bezierOrder splineVertex splineProperty splineProperties vertex beginContour endContour describe ' +
    'describeElement textOutput gridOutput color red green blue alpha hue saturation brightness lightness lerpColor ' +
    'paletteLerp beginClip endClip clip background clear colorMode fill noFill noStroke stroke erase noErase ' +
    'blendMode storeItem getItem clearStorage removeItem select selectAll createElement removeElements createDiv ' +
    'createP createSpan createImg createA createSlider createButton createCheckbox createSelect createRadio ' +
    'createColorPicker createInput createFileInput createVideo createAudio createCapture deviceOrientation ' +
    'accelerationX accelerationY accelerationZ pAccelerationX pAccelerationY pAccelerationZ rotationX rotationY ' +
    'rotationZ pRotationX pRotationY pRotationZ pRotateDirectionX pRotateDirectionY pRotateDirectionZ turnAxis ' +
    'setMoveThreshold setShakeThreshold keyIsPressed key code keyCode keyIsDown movedX movedY mouseX mouseY pmouseX ' +
    'pmouseY winMouseX winMouseY pwinMouseX pwinMouseY mouseButton touches mouseIsPressed requestPointerLock ' +
    'exitPointerLock createImage saveCanvas encodeAndDownloadGif saveFrames loadImage saveGif image tint noTint ' +
    'imageMode blend copy getFilterGraphicsLayer filter get loadPixels set updatePixels loadJSON loadStrings ' +
    'loadTable loadXML loadBytes loadBlob httpGet httpPost httpDo createWriter save saveJSON saveStrings saveTable ' +
    'writeFile downloadFile abs ceil constrain dist exp floor lerp log mag map max min norm pow round sq sqrt fract ' +
    'noise noiseDetail noiseSeed randomSeed random randomGaussian acos asin atan atan2 cos sin tan degrees radians ' +
    'angleMode createVector createMatrix float int str boolean byte char unchar hex unhex nf nfc nfp nfs splitTokens ' +
    'shuffle day hour minute millis month second year createStorage baseComputeShader buildComputeShader compute ' +
    'setAttributes strokeMode buildGeometry freeGeometry plane box sphere cylinder cone ellipsoid torus curveDetail ' +
    'orbitControl debugMode noDebugMode ambientLight specularColor directionalLight pointLight imageLight panorama ' +
    'lights lightFalloff spotLight noLights loadModel model createModel loadShader createShader loadFilterShader ' +
    'buildFilterShader createFilterShader shader strokeShader imageShader buildMaterialShader loadMaterialShader ' +
    'baseMaterialShader baseFilterShader buildNormalShader loadNormalShader baseNormalShader buildColorShader ' +
    'loadColorShader baseColorShader buildStrokeShader loadStrokeShader baseStrokeShader resetShader texture ' +
    'textureMode textureWrap normalMaterial ambientMaterial emissiveMaterial specularMaterial shininess metalness ' +
    'camera perspective linePerspective ortho frustum createCamera setCamera text textAlign textAscent textDescent ' +
    'textLeading textMode textFont textSize textStyle textWidth textWrap textBounds textDirection textProperty ' +
    'textProperties fontBounds fontWidth fontAscent fontDescent textWeight parseFontData loadFont discard break ' +
    'instanceID strandsIf strandsFor strandsTernary strandsEarlyReturn acosh asinh atanh cosh sinh tanh clamp dFdx ' +
    'dFdy exp2 fma fwidth inversesqrt log2 mix mod roundEven sign smoothstep step trunc cross distance dot equal ' +
    'faceforward length normalize notEqual reflect refract getTexture uniformFloat sharedFloat varyingFloat ' +
    'uniformVec2 sharedVec2 varyingVec2 uniformVector2 varyingVector2 sharedVector2 vec2 uniformVec3 sharedVec3 ' +
    'varyingVec3 uniformVector3 varyingVector3 sharedVector3 vec3 uniformVec4 sharedVec4 varyingVec4 uniformVector4 ' +
    'varyingVector4 sharedVector4 vec4 uniformInt sharedInt varyingInt uniformIVec2 sharedIVec2 varyingIVec2 ' +
    'uniformIVector2 varyingIVector2 sharedIVector2 ivec2 uniformIVec3 sharedIVec3 varyingIVec3 uniformIVector3 ' +
    'varyingIVector3 sharedIVector3 ivec3 uniformIVec4 sharedIVec4 varyingIVec4 uniformIVector4 varyingIVector4 ' +
    'sharedIVector4 ivec4 uniformBool sharedBool varyingBool bool uniformBVec2 sharedBVec2 varyingBVec2 ' +
    'uniformBVector2 varyingBVector2 sharedBVector2 bvec2 uniformBVec3 sharedBVec3 varyingBVec3 uniformBVector3 ' +
    'varyingBVector3 sharedBVector3 bvec3 uniformBVec4 sharedBVec4 varyingBVec4 uniformBVector4 varyingBVector4 ' +
    'sharedBVector4 bvec4 uniformMat2x2 sharedMat2x2 varyingMat2x2 mat2x2 uniformMat3x3 sharedMat3x3 varyingMat3x3 ' +
    'mat3x3 uniformMat4x4 sharedMat4x4 varyingMat4x4 mat4x4 uniformSampler2D sharedSampler2D varyingSampler2D ' +
    'uniformTexture varyingTexture sharedTexture sampler2D uniformStorage';
  // V8 copies a prototype's table for each property that is added, unless one was deleted: 5 ms in all.
  fn.added = true;
  delete fn.added;
  for (const name in constants) fn[name] = constants[name];
  const missing = (name) => () => unsupported(`${name}()`);
  for (const name of ORDER.split(' ')) {
    if (name in getters) fixGetter(fn, name, getters[name]);
    else fn[name] = name in values ? values[name] : (methods[name] ?? missing(name));
  }
  for (const name in methods) if (name[0] === '_') fix(fn, name, methods[name], true);
  fix(fn, '_angleMode', 'radians');
  fix(fn, '_frameRate', 0);
  fix(fn, '_targetFrameRate', 60);
  const surfaces = makeSurfaces({
    host, colors, fn, access, newState, makeShapes, makeFlat, unsupported, limits,
  });
  for (const name of ['_renderer', 'canvas', '_elements', '_curElement']) fixGetter(fn, name, () => unsupported(name));

  // ---- What else a page has. Time and chance are sealed; what reaches out of the picture says that it is missing.
  const trap = (what, target) => {
    const refuse = () => unsupported(what);
    const handler = {
      apply: () => unsupported(`${what}()`), construct: () => unsupported(`${what}()`), set: refuse, has: refuse,
      ownKeys: refuse, defineProperty: refuse, deleteProperty: refuse, getOwnPropertyDescriptor: refuse,
      get: (_target, key) => {
        if (typeof target === 'function' && (key === 'prototype' || key === hasInstance)) return target[key];
        return unsupported(typeof key === 'symbol' ? what : `${what}.${key}`);
      },
    };
    return new Proxy(target, { __proto__: null, ...handler });
  };
  const page = makeStubs({ trap, unsupported });
  function Today(...parts) {
    if (!new.target) return new Date(today()).toString();
    return construct(Date, parts.length ? parts : [today()], new.target);
  }
  const sealTime = () => {
    Today.prototype = Date.prototype;
    fix(Today, 'name', 'Date');
    fix(Date.prototype, 'constructor', Today);
    fix(Today, 'now', today);
    fix(Today, 'parse', Date.parse);
    fix(Today, 'UTC', Date.UTC);
    fix(realm, 'Date', Today);
    const format = Intl.DateTimeFormat.prototype;
    const { get } = getOwnPropertyDescriptor(format, 'format');
    const { formatToParts } = format;
    fixGetter(format, 'format', function () {
      const bound = apply(get, this, []);
      return (date = today()) => bound(date);
    });
    fix(format, 'formatToParts', function (date = today()) {
      return apply(formatToParts, this, [date]);
    });
    fix(page.timings, 'now', readClock);
    fix(page.timings, 'timeOrigin', EPOCH_MS);
    fix(realm, 'performance', page.timings);
    const delay = (ms) => {
      const wait = Number(ms) || 0;
      return wait > 1 ? wait : 1;
    };
    const callable = (handler) => (typeof handler === 'function' ? handler : () => evaluate(String(handler)));
    const clear = (id) => void apply(mapDelete, timers, [id]);
    const frame = (handler) => {
      const due = nextFrame();
      return addTimer(handler, due, undefined, [due]);
    };
    const idle = { didTimeout: false, timeRemaining: () => 50 };
    const scheduling = {
      setTimeout: (handler, ms, ...args) => addTimer(callable(handler), now + delay(ms), undefined, args),
      setInterval: (handler, ms, ...args) => addTimer(callable(handler), now + delay(ms), delay(ms), args),
      requestAnimationFrame: frame,
      requestIdleCallback: (handler) => addTimer(handler, now + 1, undefined, [idle]),
      clearTimeout: clear, clearInterval: clear, cancelAnimationFrame: clear, cancelIdleCallback: clear,
      queueMicrotask: (handler) => {
        if (typeof handler !== 'function') throw new TypeError('queueMicrotask: the callback is not a function.');
        guarded((async () => {
          await null;
          handler();
        })());
      },
    };
    for (const name in scheduling) {
      const isFast = getOwnPropertyDescriptor(realm, name)?.configurable === false; // mini-racer's setTimeout
      if (isFast) realm[name] = scheduling[name];
      else fix(realm, name, scheduling[name], true);
    }
  };
  const sealChance = () => {
    for (const name in math) fix(Math, name, math[name]);
    fix(Math, 'random', mathRandom);
    const hex = (count) => {
      let digits = '';
      for (let i = 0; i < count; i++) digits += (bits() & 15).toString(16);
      return digits;
    };
    const { Uint8Array } = realm;
    fix(realm, 'crypto', {
      getRandomValues: (array) => {
        const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
        for (let i = 0; i < bytes.length; i++) bytes[i] = bits() & 255;
        return array;
      },
      randomUUID: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    });
  };

  const OBJECTS =
    'navigator history localStorage sessionStorage indexedDB caches customElements visualViewport speechSynthesis ' +
    'WebAssembly CSS external clientInformation trustedTypes libtess';
  const FUNCTIONS =
    'fetch alert confirm prompt open close stop focus blur find postMessage getComputedStyle getSelection matchMedia ' +
    'createImageBitmap structuredClone atob btoa scroll scrollTo scrollBy moveTo moveBy resizeTo resizeBy reportError ' +
    'dispatchEvent Image Audio Option XMLHttpRequest Worker SharedWorker WebSocket EventSource BroadcastChannel ' +
    'FileReader Blob File FormData URL Request Response Headers Event CustomEvent EventTarget ' +
    'AbortController AbortSignal TextEncoder TextDecoder OffscreenCanvas Path2D ImageData ImageBitmap DOMParser MutationObserver ' +
    'ResizeObserver IntersectionObserver MessageChannel HTMLElement HTMLCanvasElement HTMLImageElement HTMLVideoElement ' +
    'CanvasRenderingContext2D WebGLRenderingContext WebGL2RenderingContext DOMMatrix DOMPoint DOMRect DOMException ' +
    'MessagePort KeyboardEvent MouseEvent PointerEvent TouchEvent Node Element Document Window Storage XMLSerializer FontFace ' +
    'AudioContext webkitAudioContext SpeechSynthesisUtterance Notification RTCPeerConnection ReadableStream';
  const installPage = () => {
    const fixed = { window: realm, top: realm, document: page.document, location: page.location };
    for (const name in fixed) {
      defineProperty(realm, name, { __proto__: null, value: fixed[name], enumerable: true });
    }
    for (const name of ['self', 'frames', 'parent']) fix(realm, name, realm, true);
    const plain = {
      innerWidth: 512, innerHeight: 512, outerWidth: 512, outerHeight: 512, devicePixelRatio: 1, screenX: 0, screenY: 0,
      screenLeft: 0, screenTop: 0, scrollX: 0, scrollY: 0, pageXOffset: 0, pageYOffset: 0, closed: false, origin: 'null',
      isSecureContext: false, opener: null, frameElement: null, length: 0, event: undefined,
      screen: { width: 512, height: 512, availWidth: 512, availHeight: 512, colorDepth: 24, pixelDepth: 24 },
      addEventListener: () => {}, removeEventListener: () => {},
    };
    for (const name in plain) fix(realm, name, plain[name], true);
    for (const name of ['name', 'status']) {
      let text = '';
      fixGetter(realm, name, () => text, (value) => void (text = String(value)));
    }
    // The last two would show when V8 collects garbage.
    const gone = ['Temporal', 'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry'];
    for (const name of gone) delete realm[name];
    realm.__timer_manager = undefined; // mini-racer's, and not to be deleted
    for (const name of OBJECTS.split(' ')) fix(realm, name, trap(name, {}));
    for (const name of FUNCTIONS.split(' ')) fix(realm, name, trap(name, function missing() {}));
    const kinds = { warn: 'warning', group: 'startGroup', groupCollapsed: 'startGroupCollapsed' };
    const console = {};
    for (const name of 'log info debug warn error table dir dirxml trace group groupCollapsed'.split(' ')) {
      console[name] = speak(kinds[name] ?? name);
    }
    const complain = speak('assert');
    console.assert = (isTrue, ...rest) => void (isTrue || complain(...(rest.length ? rest : ['console.assert'])));
    for (const name of 'groupEnd clear count countReset time timeEnd timeLog timeStamp profile profileEnd'.split(' ')) {
      console[name] = () => {};
    }
    fix(realm, 'console', console);
    fix(realm, 'URLSearchParams', page.URLSearchParams);
    // Stacks tell lines: who draws them up is not the program's to choose.
    defineProperty(Error, 'prepareStackTrace', { __proto__: null, get: () => undefined, set: () => {} });
    Error.stackTraceLimit = 50;
  };
  const CLASSES =
    'Renderer Renderer2D Graphics Shape Image Shader Texture Element MediaElement File Table TableRow XML Renderer3D ' +
    'RendererGL Quat Matrix Geometry Camera Framebuffer Font registerAddon registerDecorator';
  for (const name of CLASSES.split(' ')) p5[name] = trap(`p5.${name}`, function missing() {});
  for (const name in surfaces.classes) p5[name] = surfaces.classes[name];

  const view = {
    get matrix() {
      return states.matrix;
    },
    get width() {
      return canvas.width;
    },
    get height() {
      return canvas.height;
    },
    get isWebGL() {
      return canvas.isWebGL;
    },
    isRadians: () => (first ?? fn)._angleMode === 'radians',
    color: colors.color,
    colorState: colors.state,
    requireWebGL: () => {
      if (!canvas.isWebGL) throw new Error(NO_SKETCH);
    },
  };

  // ---- The driver.
  return {
    mathRandom,
    reseed: (value) => void (state = value | 0),
    unsupported,
    install: () => {
      sealTime();
      sealChance();
      installPage();
      fix(realm, 'p5', p5, true);
      fix(realm, 'brush', host.brush, true);
      host.attach(view);
    },
    start: () => {
      if (first || outcome) return;
      try {
        if (typeof realm.setup !== 'function' && typeof realm.draw !== 'function') finish('no_setup');
        else new p5();
      } catch (error) {
        finish('error', describe(error));
      }
    },
    step: () => {
      if (outcome) return outcome;
      if (fireNext()) return '';
      // Nothing will happen any more; a sketch that was told not to loop has drawn all that it will draw.
      finish(framesDrawn > 0 && first && !first._loop && !first._inUserDraw ? 'done' : 'never_finished');
      return outcome;
    },
    // How it ended as far as is known, without going on; asked after a program that threw at its top level.
    outcome: () => outcome,
    message: () => message,
    console: () => {
      const list = [];
      for (let i = 0; i < lineCount; i++) fix(list, i, lines[i], true);
      return list;
    },
    // The same as JSON; no toJSON() of the program's is asked.
    consoleJson: () => {
      let text = '[';
      for (let i = 0; i < lineCount; i++) text += (i ? ',' : '') + stringify(lines[i]);
      return `${text}]`;
    },
  };
}
