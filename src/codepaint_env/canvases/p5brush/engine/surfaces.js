// What a sketch draws on besides its canvas, and the pixels of all of them: p5.Graphics, p5.Framebuffer, p5.Image.
// Called with the sketch API's own parts; yields the functions of p5, and what the sketch API asks of surfaces. Only a
// program that runs beside the library has any: a recorded one ends at the first call here.
({ host, colors, fn, access, newState, makeShapes, makeFlat, unsupported, limits }) => {
  const { apply } = Reflect;
  const { defineProperty } = Object;
  const { abs, floor, max, min, round, trunc } = Math;
  const { isArray } = Array;
  const { WeakMap, Uint8Array, Uint8ClampedArray, Uint32Array, Number, String, TypeError, Error } = globalThis;
  const has = (object) => (typeof object === 'object' && object !== null) || typeof object === 'function';

  // What stands behind a program's objects: { made, width, height, isPremultiplied ... }; the canvas is not here.
  const behind = new WeakMap();
  const find = (object) => (has(object) ? behind.get(object) : undefined);
  const sideOf = (value) => {
    const side = trunc(Number(value));
    if (!(side >= 1 && side <= limits.max)) unsupported(`a surface with a side of ${String(value)}`);
    return side;
  };
  const { make, know, drawOn, activate, image: drawImage, write, read } = host.surfaces;

  // ---- Pixels. Surfaces keep them multiplied by their alpha; a 2D canvas shows them divided again.
  const divided = (pixels) => {
    for (let i = 0; i < pixels.length; i += 4) {
      const alpha = pixels[i + 3];
      if (alpha === 255 || alpha === 0) continue;
      for (let k = i; k < i + 3; k++) pixels[k] = min(255, round((pixels[k] * 255) / alpha));
    }
    return pixels;
  };
  const multiplied = (pixels) => {
    const bytes = new Uint8Array(pixels);
    for (let i = 0; i < bytes.length; i += 4) {
      const alpha = bytes[i + 3];
      if (alpha === 255) continue;
      for (let k = i; k < i + 3; k++) bytes[k] = round((bytes[k] * alpha) / 255);
    }
    return new Uint32Array(bytes.buffer);
  };
  const isInside = (x, y, { width, height }) => x >= 0 && y >= 0 && x < width && y < height;
  const pixelAt = (surface, x, y) => {
    const [left, top] = [trunc(x), trunc(y)];
    if (!isInside(left, top, surface)) return [0, 0, 0, 0];
    const pixel = read(surface.made, left, top, 1, 1);
    return [...(surface.isFlat ? divided(pixel) : pixel)];
  };
  const loadPixels = (surface) => {
    const { width, height } = surface;
    const pixels = read(surface.made, 0, 0, width, height);
    if (surface.isFlat) surface.pixels = new Uint8ClampedArray(divided(pixels).buffer);
    else if (surface.pixels.length === pixels.length) surface.pixels.set(pixels);
    else surface.pixels = pixels;
  };
  const updatePixels = (surface) => {
    const { width, height, pixels } = surface;
    if (pixels.length !== 4 * width * height) return;
    write(surface.made, 0, 0, width, height, multiplied(pixels));
  };
  const setPixel = (surface, x, y, value) => {
    if (find(value)) unsupported('set() with an image');
    const { width, pixels } = surface;
    const at = 4 * (floor(y) * width + floor(x));
    let rgba = [0, 0, 0, 0];
    if (at < pixels.length) {
      if (typeof value === 'number') rgba = [value, value, value, 255];
      else if (isArray(value)) {
        if (value.length < 4) throw new Error('pixel array must be of the form [R, G, B, A]');
        rgba = value;
      } else if (isArray(value?._array)) rgba = value._getRGBA([255, 255, 255, 255]);
    }
    for (let k = 0; k < 4; k++) pixels[at + k] = rgba[k];
  };
  const get = (surface, x, y, w, h) => {
    if (x === undefined && y === undefined) return cut(surface, 0, 0, surface.width, surface.height);
    if (w === undefined && h === undefined) {
      return isInside(x, y, surface) ? pixelAt(surface, x, y) : [0, 0, 0, 0];
    }
    return cut(surface, x, y, w, h);
  };
  const cut = (surface, x, y, w, h) => {
    const region = new Picture(w, h);
    onSurface(behind.get(region).made, () => {
      drawImage(surface.made, true, [1, 1, 1, 1], [1, 0, 0, 1, x, y], [0, 0, w, 0, w, h, 0, h]);
    });
    return region;
  };

  // ---- Drawing elsewhere: the host is told, and told again what it was.
  let here = null; // what p5 draws on; null is the canvas
  const onSurface = (made, run) => {
    const before = here;
    drawOn((here = made));
    try {
      return run();
    } finally {
      drawOn((here = before));
    }
  };

  // ---- image() as p5 has it, in WEBGL mode and on a 2D canvas.
  const fitted = (value, most) => (value > 0 && value < most ? value : most);
  const corners = (mode, x, y, w, h) => {
    if (mode === 'corners') return [min(x, w), min(y, h), abs(w - x), abs(h - y)];
    const [wide, high] = [abs(w), abs(h)];
    return mode === 'center' ? [x - wide / 2, y - high / 2, wide, high] : [x, y, wide, high];
  };
  const place = (source, from, to) => {
    const { states, canvas } = access.get();
    const [sx, sy, sw, sh] = from;
    const [x, y, w, h] = to;
    const points = [[x, y, 0], [x + w, y, 0], [x + w, y + h, 0], [x, y + h, 0]];
    let quad = null;
    if (canvas.isFlat) {
      const m = states.matrix;
      quad = points.flatMap(([a, b]) => [m[0] * a + m[4] * b + m[12], m[1] * a + m[5] * b + m[13]]);
    } else {
      const { width, height } = canvas.framebuffer ?? canvas;
      quad = canvas.shapes.place(points, { matrix: states.matrix, width, height });
    }
    const [ax, ay] = [quad[2] - quad[0], quad[3] - quad[1]];
    const [bx, by] = [quad[6] - quad[0], quad[7] - quad[1]];
    const area = ax * by - ay * bx;
    if (!(abs(area) > 1e-6)) return;
    // From a pixel to shares of both sides, then to pixels of the source.
    const [toU, toV] = [sw * (source.surface.width / source.width), sh * (source.surface.height / source.height)];
    const map = [(by / area) * toU, (-ay / area) * toV, (-bx / area) * toU, (ax / area) * toV, 0, 0];
    const startU = sx * (source.surface.width / source.width);
    const startV = sy * (source.surface.height / source.height);
    map[4] = startU - map[0] * quad[0] - map[2] * quad[1];
    map[5] = startV - map[1] * quad[0] - map[3] * quad[1];
    const [red, green, blue, alpha] = states.tint ?? [1, 1, 1, 1];
    if (canvas.isFlat && min(red, green, blue) < 1) unsupported('a tint() with a colour on a 2D canvas');
    const smooth = !source.isNearest && !(canvas.isFlat && canvas.isRough);
    drawImage(source.surface.made, smooth, [red * alpha, green * alpha, blue * alpha, alpha], map, quad);
  };
  const sourceOf = (object, what) => {
    const surface = find(object);
    if (!surface) {
      if (!has(object)) throw new TypeError(`Cannot read properties of ${String(object)} (reading 'width')`);
      return unsupported(`${what} of what is no p5.Graphics, p5.Framebuffer or p5.Image`);
    }
    if (surface.made === here) unsupported(`${what} of a surface on itself`);
    return { surface, width: object.width, height: object.height, isNearest: surface.isNearest };
  };
  const image = (object, dx, dy, dWidth, dHeight, sx, sy, sWidth, sHeight, fit) => {
    const source = sourceOf(object, 'image()');
    if (fit !== undefined) unsupported('image() that is made to fit');
    const { width, height } = source;
    const { states, canvas } = access.get();
    if (!canvas.isWebGL && !canvas.isFlat) return;
    const to = corners(states.imageMode, dx, dy, dWidth || width, dHeight || height);
    const from = [sx || 0, sy || 0, fitted(sWidth ?? width, width), fitted(sHeight ?? height, height)];
    if (from[0] + from[2] > width) from[2] = width - from[0];
    if (from[1] + from[3] > height) from[3] = height - from[1];
    place(source, from, to);
  };

  // ---- p5.Image: pixels alone.
  class Picture {
    constructor(width, height) {
      const surface = { made: null, width: sideOf(width), height: sideOf(height), isFlat: true, pixels: [] };
      surface.made = make('plain', surface.width, surface.height);
      behind.set(this, surface);
      this.width = width;
      this.height = height;
      this.pixels = surface.pixels;
    }
    loadPixels() {
      const surface = behind.get(this);
      loadPixels(surface);
      this.pixels = surface.pixels;
    }
    updatePixels(...box) {
      if (box.length) unsupported('updatePixels() of a part');
      updatePixels(behind.get(this));
    }
    get(...args) {
      return get(behind.get(this), ...args);
    }
    set(x, y, value) {
      const surface = behind.get(this);
      if (!surface.pixels.length) this.loadPixels();
      setPixel(surface, x, y, value);
    }
    pixelDensity(density) {
      if (density === undefined) return 1;
      if (density !== 1) unsupported('pixelDensity() of an image');
      return this;
    }
  }
  for (const name of ['copy', 'mask', 'filter', 'blend', 'resize', 'save', 'delay', 'reset']) {
    defineProperty(Picture.prototype, name, { value: () => unsupported(`${name}() of an image`) });
  }
  for (const name of ['canvas', 'drawingContext']) {
    defineProperty(Picture.prototype, name, { get: () => unsupported(`the ${name} of an image`) });
  }

  // ---- p5.Graphics: p5's functions with a state of their own. It has these, as in a page, and hardly any constant.
  const GRAPHICS =
    'DEGREES HSB HSL HWB LAB LCH OKLAB OKLCH RADIANS RGB RGBA RGBP3 abs acos alpha ambientLight ambientMaterial ' +
    'angleMode applyMatrix arc asin atan atan2 background beginClip beginContour beginShape bezier bezierOrder ' +
    'bezierPoint bezierTangent bezierVertex blend blendMode blue box brightness buildGeometry ceil circle clear ' +
    'clip color colorMode cone copy cos createShader curveDetail cylinder degrees ' +
    'directionalLight ellipse ellipseMode ellipsoid endClip endContour endShape erase exp fill filter floor fract ' +
    'get green hue image imageLight imageMode int lerp lerpColor lightness lights line loadImage loadPixels log ' +
    'map max metalness min noErase noFill noLights noSmooth noStroke noTint noise noiseDetail ' +
    'normal normalMaterial paletteLerp plane point pointLight pop pow push quad radians random ' +
    'randomGaussian randomSeed rect rectMode red resetMatrix resetShader rotate rotateX rotateY rotateZ round ' +
    'saturation scale set shader shearX shearY shininess sin smooth specularMaterial sphere spline splinePoint ' +
    'splineProperties splineProperty splineTangent splineVertex spotLight sqrt square stroke strokeCap strokeJoin ' +
    'strokeWeight tan text textAlign textAscent textBounds textDescent textDirection textFont textLeading textSize ' +
    'textStyle textWeight textWidth textWrap texture textureMode textureWrap tint torus translate triangle updatePixels ' +
    'vertex vertexProperty';
  const within = (graphics, run) => {
    const surface = behind.get(graphics);
    const kept = access.get();
    access.set(surface.state);
    try {
      return onSurface(surface.made, run);
    } finally {
      surface.state = access.get();
      access.set(kept);
    }
  };
  class Graphics {
    constructor(width, height, kind) {
      const isWebGL = kind === 'webgl' || kind === 'webgl2';
      if (!isWebGL && kind !== undefined && kind !== 'p2d') unsupported(`createGraphics(w, h, ${String(kind)})`);
      const shapes = makeShapes({ host });
      const canvas = {
        isWebGL, isFlat: !isWebGL, isRough: false, width, height, element: this, shapes,
        flat: isWebGL ? null : makeFlat({ host, shapes, unsupported }),
      };
      const surface = {
        made: null, width: sideOf(width), height: sideOf(height), isFlat: !isWebGL, pixels: [],
        state: newState(canvas),
      };
      behind.set(this, surface);
      canvas.surface = surface;
      surface.made = make(isWebGL ? 'webgl' : 'plain', surface.width, surface.height, () => ({
        matrix: access.get().canvas === canvas ? access.get().states.matrix : surface.state.states.matrix,
        isRadians: () => this._angleMode === 'radians',
        color: (...args) => within(this, () => colors.color(...args)),
      }));
      know(this, surface.made);
      this.webglVersion = isWebGL ? 'webgl2' : undefined;
    }
    get width() {
      return behind.get(this).state.canvas.width;
    }
    get height() {
      return behind.get(this).state.canvas.height;
    }
    get pixels() {
      return behind.get(this).pixels;
    }
    pixelDensity(density) {
      if (density === undefined) return 1;
      if (density !== 1) unsupported('pixelDensity() of a p5.Graphics');
      if (!behind.get(this).isFlat) unsupported('pixelDensity(1) of a p5.Graphics in WEBGL mode');
      // It empties the canvas and its transformation, as in p5.
      within(this, () => {
        host.background(0, 0, 0, 0);
        apply(fn.resetMatrix, this, []);
      });
      return this;
    }
    reset() {
      within(this, () => apply(fn.resetMatrix, this, []));
    }
    remove() {}
  }
  for (const name of GRAPHICS.split(' ')) {
    const own = fn[name];
    const isCall = typeof own === 'function';
    const value = isCall
      ? { [name](...args) { return within(this, () => apply(own, this, args)); } }[name]
      : own;
    defineProperty(Graphics.prototype, name, { value, writable: true, configurable: true });
  }
  // What p5's functions call on a sketch: conversions of angles, and states of their own.
  for (const name of Object.getOwnPropertyNames(fn)) {
    if (name[0] === '_' && typeof Object.getOwnPropertyDescriptor(fn, name).value === 'function') {
      defineProperty(Graphics.prototype, name, { value: fn[name] });
    }
  }
  defineProperty(Graphics.prototype, '_angleMode', { value: 'radians', writable: true });
  for (const name of ['createFramebuffer', 'createImage', 'getFilterGraphicsLayer', 'resizeCanvas', 'saveCanvas']) {
    defineProperty(Graphics.prototype, name, { value: () => unsupported(`${name}() of a p5.Graphics`) });
  }
  for (const name of ['canvas', 'elt', 'drawingContext', '_renderer', '_pInst']) {
    defineProperty(Graphics.prototype, name, { get: () => unsupported(`the ${name} of a p5.Graphics`) });
  }

  // ---- p5.Framebuffer, of the sketch: its canvas' functions draw on it between begin() and end().
  const OPTIONS =
    'width height antialias textureFiltering density depth stencil format channels depthFormat'.split(' ');
  class Framebuffer {
    constructor(options) {
      const { canvas } = access.get();
      for (const name in options) {
        if (!OPTIONS.includes(name)) unsupported(`createFramebuffer() with ${name}`);
      }
      const { width, height, antialias = true, textureFiltering, density = 1, format, channels } = options;
      if (density !== 1 || (format && format !== 'unsigned-byte') || (channels && channels !== 'rgba')) {
        unsupported('createFramebuffer() of another density or format');
      }
      const isSized = width && height;
      const surface = {
        made: null, width: sideOf(isSized ? width : canvas.width), height: sideOf(isSized ? height : canvas.height),
        isFlat: false, pixels: [], isNearest: textureFiltering === 'nearest', before: null, stack: null,
      };
      behind.set(this, surface);
      surface.made = make('framebuffer', surface.width, surface.height);
      surface.made.surface.samples = !!antialias;
      know(this, surface.made);
    }
    get width() {
      return behind.get(this).width;
    }
    get height() {
      return behind.get(this).height;
    }
    get pixels() {
      return behind.get(this).pixels;
    }
    pixelDensity(density) {
      return density ? unsupported('pixelDensity() of a framebuffer') : 1;
    }
    begin() {
      const surface = behind.get(this);
      const now = access.get();
      if (here || !now.canvas.isWebGL) unsupported('a framebuffer that is drawn to within another surface');
      surface.before = now.states;
      now.canvas.framebuffer = surface;
      access.set({ ...now, states: { ...now.states, matrix: newState(now.canvas).states.matrix } });
      drawOn((here = surface.made));
      activate(here);
    }
    end() {
      const surface = behind.get(this);
      if (here !== surface.made) {
        throw new Error("It looks like you've called end() while another Framebuffer is active.");
      }
      const now = access.get();
      now.canvas.framebuffer = undefined;
      access.set({ ...now, states: surface.before });
      drawOn((here = null));
      activate(null);
    }
    draw(callback) {
      this.begin();
      callback();
      this.end();
    }
    loadPixels() {
      const surface = behind.get(this);
      loadPixels(surface);
      return surface.pixels;
    }
    updatePixels() {
      const surface = behind.get(this);
      if (!surface.pixels.length) {
        throw new Error('The pixels array has not been set correctly. Please call loadPixels() before updatePixels().');
      }
      updatePixels(surface);
    }
    get(x, y, w, h) {
      const surface = behind.get(this);
      const inside = (value, most) => max(0, min(most, value));
      if (x === undefined && y === undefined) return get(surface);
      const [left, top] = [inside(x, surface.width - 1), inside(y, surface.height - 1)];
      if (w === undefined && h === undefined) return pixelAt(surface, left, top);
      return cut(surface, left, top, max(1, min(surface.width - left, w)), max(1, min(surface.height - top, h)));
    }
    remove() {}
  }
  for (const name of ['color', 'depth', 'createCamera', 'defaultCamera', 'resize', 'autoSized', 'renderer']) {
    defineProperty(Framebuffer.prototype, name, { get: () => unsupported(`${name} of a framebuffer`) });
  }

  // ---- The canvas' own pixels.
  const sheet = {
    made: null,
    isFlat: false,
    pixels: [],
    get width() { return trunc(access.get().canvas.width); },
    get height() { return trunc(access.get().canvas.height); },
  };
  const current = () => access.get().canvas.surface ?? sheet;
  const functions = {
    createGraphics(width, height, kind) {
      if (kind !== undefined && typeof kind !== 'string') unsupported('createGraphics() on a canvas of its own');
      return new Graphics(width, height, kind);
    },
    createImage: (width, height) => new Picture(width, height),
    createFramebuffer(options = {}) {
      if (!access.get().canvas.isWebGL) return unsupported('createFramebuffer() without WEBGL');
      return new Framebuffer(options);
    },
    image,
    tint(...args) {
      const { states } = access.get();
      if (args.length === 0) return unsupported('tint() without arguments');
      states.tint = [...colors.color(...args)._array];
      return this;
    },
    noTint() {
      access.get().states.tint = null;
      return this;
    },
    loadPixels() {
      if (!access.get().canvas.isWebGL && !access.get().canvas.isFlat) unsupported('loadPixels() without WEBGL');
      loadPixels(current());
    },
    updatePixels(...box) {
      const surface = current();
      if (surface.pixels.length === 0) return;
      if (box.some((value) => value !== undefined) && surface.isFlat) unsupported('updatePixels() of a part');
      updatePixels(surface);
    },
    get(...args) {
      if (!access.get().canvas.isWebGL && !access.get().canvas.isFlat) unsupported('get() without WEBGL');
      return get(current(), ...args);
    },
    set(x, y, value) {
      const surface = current();
      if (!surface.isFlat) throw new TypeError('this._renderer.set is not a function');
      if (!surface.pixels.length) loadPixels(surface);
      setPixel(surface, x, y, value);
    },
    copy(...args) {
      const { states, canvas } = access.get();
      const [object, sx, sy, sw, sh, dx, dy, dw, dh] = args;
      if (args.length !== 9) unsupported('copy() of a surface to itself');
      const source = sourceOf(object, 'copy()');
      const shift = source.surface.isFlat ? 0 : 1;
      if (shift && !object.reset) unsupported('copy() of a framebuffer');
      const kept = { matrix: states.matrix, tint: states.tint };
      if (!canvas.isFlat) apply(fn.resetMatrix, this, []);
      access.get().states.tint = kept.tint;
      place(source, [sx + (shift * object.width) / 2, sy + (shift * object.height) / 2, sw, sh], [dx, dy, dw, dh]);
      access.get().states.matrix = kept.matrix;
    },
  };
  return {
    functions,
    pixels: () => current().pixels,
    // background() of a picture, as WEBGL mode has it.
    isSurface: (object) => find(object) !== undefined,
    cover(object) {
      const { canvas, states } = access.get();
      if (canvas.isFlat) unsupported('background() of a picture on a 2D canvas');
      const source = sourceOf(object, 'background()');
      host.background(0, 0, 0, 0);
      const { matrix } = states;
      apply(fn.resetMatrix, this, []);
      const { width, height } = canvas;
      place(source, [0, 0, source.width, source.height], [-width / 2, -height / 2, width, height]);
      access.get().states.matrix = matrix;
    },
    classes: { Graphics, Framebuffer, Image: Picture },
  };
}
