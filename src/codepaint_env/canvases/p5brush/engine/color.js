// p5 2.3.4's colours, with the numbers of the library that p5 converts with (colorjs.io 0.6, MIT).
// Functions of Math are looked up when they are called: whoever pins them pins colours as well.
// Called with what makes all spaces but sRGB: most programs need none of them.
(given) => {
  'use strict';
  const { spaces } = given;

  // ---- Colour spaces. A space knows its base and the way there and back; a path leads from the root to it.
  const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const times = (v, m) => [dot(v, m[0]), dot(v, m[1]), dot(v, m[2])];
  const mapEach = ([a, b, c], run) => [run(a, 0), run(b, 1), run(c, 2)];

  const number01 = { range: [0, 1] };
  const makeSpace = (id, base, coords, toBase, fromBase) => {
    const space = { id, base, coords, toBase, fromBase, formats: {} };
    space.path = base ? [...base.path, space] : [space];
    space.isPolar = coords.some((coord) => coord.isAngle);
    space.gamut = space.isPolar ? base : space;
    space.isUnbounded = coords.every((coord) => !coord.range);
    return space;
  };
  const linear = (id, base, toRoot, fromRoot) =>
    makeSpace(id, base, [number01, number01, number01], (v) => times(v, toRoot), (v) => times(v, fromRoot));
  const plain = { refRange: [0, 1] };

  const xyz = makeSpace('xyz-d65', null, [plain, plain, plain]);
  const srgbLinear = linear('srgb-linear', xyz, [
    [0.41239079926595934, 0.357584339383878, 0.1804807884018343],
    [0.21263900587151027, 0.715168678767756, 0.07219231536073371],
    [0.01933081871559182, 0.11919477979462598, 0.9505321522496607],
  ], [
    [3.2409699419045226, -1.537383177570094, -0.4986107602930034],
    [-0.9692436362808796, 1.8759675015077202, 0.04155505740717559],
    [0.05563007969699366, -0.20397695888897652, 1.0569715142428786],
  ]);
  const decode = (value) => {
    const sign = value < 0 ? -1 : 1;
    const size = value * sign;
    return size <= 0.04045 ? value / 12.92 : sign * Math.pow((size + 0.055) / 1.055, 2.4);
  };
  const encode = (value) => {
    const sign = value < 0 ? -1 : 1;
    const size = value * sign;
    return size > 0.0031308 ? sign * (1.055 * Math.pow(size, 1 / 2.4) - 0.055) : 12.92 * value;
  };
  const gamma = (id, base) =>
    makeSpace(id, base, [number01, number01, number01], (v) => mapEach(v, decode), (v) => mapEach(v, encode));
  const srgb = gamma('srgb', srgbLinear);

  const convert = (coords, from, to) => {
    if (from === to) return coords;
    let result = mapEach(coords, (value) => (value === null ? 0 : value));
    let shared = 0;
    while (from.path[shared + 1] !== undefined && from.path[shared + 1] === to.path[shared + 1]) shared++;
    for (let i = from.path.length - 1; i > shared; i--) result = from.path[i].toBase(result);
    for (let i = shared + 1; i < to.path.length; i++) result = to.path[i].fromBase(result);
    return result;
  };
  const to = (color, space) => ({ space, coords: convert(color.coords, color.space, space), alpha: color.alpha });

  const inGamut = (coords, space, epsilon) => {
    if (space !== space.gamut) return inGamut(convert(coords, space, space.gamut), space.gamut, epsilon);
    if (space.isUnbounded) return true;
    return space.coords.every(({ range, isAngle }, i) =>
      isAngle || !range || coords[i] === null || (coords[i] >= range[0] - epsilon && coords[i] <= range[1] + epsilon));
  };
  const clamp = (low, value, high) => Math.max(Math.min(high, value), low);

  // ---- Other spaces, and colours as text, are made when one is first needed.
  const INVALID = 'Invalid color string';
  let others = null;
  const more = () => (others ??= spaces({
    xyz, srgb, makeSpace, linear, gamma, plain, times, mapEach, convert, to, inGamut, clamp, parseHex, INVALID,
  }));
  const spaceOf = (mode) => (mode === 'rgb' ? srgb : more().MODES[mode]);
  const RGB_LIMITS = [[0, 1], [0, 1], [0, 1], [0, 1]];
  const limitsOf = (mode) => (mode === 'rgb' ? RGB_LIMITS : more().LIMITS[mode]);
  const toGamut = (color) => (inGamut(color.coords, color.space, 0) ? color : more().toGamut(color));
  const FUNCTION = /^([a-z]+)\(((?:calc\(NaN\)|.)+?)\)$/i;
  const parseHex = (text) => {
    const digits = text.length <= 5 ? text.replace(/[a-f0-9]/gi, '$&$&') : text;
    const rgba = [...digits.matchAll(/[a-f0-9]{2}/gi)].map(([pair]) => parseInt(pair, 16) / 255);
    return { space: srgb, coords: rgba.slice(0, 3), alpha: rgba.length > 3 ? clamp(0, rgba[3], 1) : 1 };
  };
  const parse = (given, keywords) => {
    const text = String(given).trim();
    const parts = text.match(FUNCTION);
    if (parts) return more().parseFunction(parts[1], parts[2]);
    if (/^#(([a-f0-9]{2}){3,4}|[a-f0-9]{3,4})$/i.test(text)) return parseHex(text);
    const name = text.toLowerCase();
    // The lists are p5's own, not copies: what is set on a named colour stays with the name, as in p5.
    if (name === 'transparent') return { space: srgb, coords: keywords().black, alpha: 0 };
    const coords = keywords()[name];
    if (!coords) throw new Error(INVALID);
    return { space: srgb, coords, alpha: 1 };
  };

  // ---- p5's side: modes with their maxima, and the class.
  const MAXES = {
    rgb: [255, 255, 255, 255], rgbp3: [255, 255, 255, 255], hsb: [360, 100, 100, 1], hsl: [360, 100, 100, 1],
    hwb: [360, 100, 100, 1], lab: [100, [-125, 125], [-125, 125], 1], lch: [100, 150, 360, 1],
    oklab: [100, [-125, 125], [-125, 125], 1], oklch: [100, 150, 360, 1],
  };
  const START = Object.freeze({ mode: 'rgb', maxes: MAXES });
  const ends = (max) => (Array.isArray(max) ? max : [0, max]);
  const rescale = (n, from, target, isClamped) => {
    const [start, stop] = ends(target);
    const value = ((n - from[0]) / (from[1] - from[0])) * (stop - start) + start;
    if (!isClamped) return value;
    return Math.min(Math.max(value, Math.min(start, stop)), Math.max(start, stop));
  };
  const spread = (values, mode, maxes, isClamped) =>
    values.map((value, i) => rescale(value, ends(maxes[i]), limitsOf(mode)[i], isClamped));
  // A grey of each mode, from one number.
  const greys = {
    rgb: (n, maxes, isClamped) => {
      const value = rescale(n, ends(maxes[2]), [0, 1], isClamped);
      return [value, value, value];
    },
    hsb: (n, maxes, isClamped) => [0, 0, rescale(n, ends(maxes[2]), [0, 100], isClamped)],
    hwb: (n, maxes) => {
      const [, w, b] = maxes.map(ends);
      const value = rescale(n, [0, Math.abs(w[0] - w[1]) / 2 + Math.abs(b[0] - b[1]) / 2], [0, 100], false);
      if (value < 50) return [0, 100 - value, value];
      return value >= 50 ? [0, value, 100 - value] : [0, undefined, undefined];
    },
    lab: (n, maxes, isClamped) => [rescale(n, ends(maxes[0]), [0, 100], isClamped), 0, 0],
  };
  greys.rgbp3 = greys.rgb;
  greys.hsl = greys.hsb;
  greys.lch = greys.oklab = greys.oklch = greys.lab;
  const hexByte = (value) => (~~(value * 255)).toString(16).padStart(2, '0');

  // Which channel of which mode a getter's default maximum comes from; the first is for all other modes.
  const HOMES = {
    Red: { rgb: 0, rgbp3: 0 },
    Green: { rgb: 1, rgbp3: 1 },
    Blue: { rgb: 2, rgbp3: 2 },
    Alpha: { rgb: 3, rgbp3: 3, hsb: 3, hsl: 3, hwb: 3, lab: 3, lch: 3, oklab: 3, oklch: 3 },
    Hue: { hsl: 0, hsb: 0, hwb: 0, lch: 2, oklch: 2 },
    Saturation: { hsl: 1, hsb: 1 },
    Brightness: { hsb: 2 },
    Lightness: { hsl: 2 },
  };

  const makeColors = () => {
    let keywords = null; // 148 of them: made when one is first asked for
    let state = START;
    const homeMax = (channel, mode) => {
      const home = HOMES[channel];
      const own = mode in home ? mode : Object.keys(home)[0];
      return state.maxes[own][home[own]];
    };

    class Color {
      isColor = true;

      constructor(vals, colorMode, colorMaxes, { clamp: isClamped = false } = {}) {
        this._cachedMode = colorMode || 'rgb';
        if (vals instanceof Color) {
          const mode = colorMode || vals.mode;
          this._initialize = () => void (this._cachedColor = to(vals._color, spaceOf(mode)));
          this._cachedMode = mode;
        } else if (typeof vals === 'object' && !Array.isArray(vals) && vals !== null) {
          const space = colorMode ? spaceOf(colorMode) : vals.space;
          this._initialize = () => void (this._cachedColor = to(vals, space));
        } else if (typeof vals[0] === 'string') {
          this._defaultStringValue = vals[0];
          this._initialize = () => {
            let parsed;
            try {
              parsed = parse(vals[0], () => (keywords ??= more().makeKeywords()));
            } catch {
              throw new Error(INVALID);
            }
            this._cachedColor = parsed;
            this._cachedMode = parsed.space === srgb ? 'rgb' : parsed.space === spaceOf('rgbp3') ? 'rgbp3' : parsed.space.id;
          };
        } else {
          this._setChannels(vals, colorMaxes, isClamped);
        }
      }

      _setChannels(vals, maxes, isClamped) {
        const mode = this._cachedMode;
        let values = vals;
        if (maxes) {
          if (vals.length < 1 || vals.length > 4) throw new Error('Invalid color');
          values = vals.length > 2 ? spread(vals, mode, maxes, isClamped) : greys[mode](vals[0], maxes, isClamped);
          if (vals.length === 2) values.push(rescale(vals[1], ends(maxes[maxes.length - 1]), [0, 1], isClamped));
          else if (vals.length !== 4) values.push(1);
        }
        if (mode === 'rgb') {
          const shown = values[3] === 1 ? values.slice(0, 3) : [values[0], values[1], values[2], values[3]];
          this._defaultStringValue = `#${shown.map(hexByte).join('')}`;
        }
        const coords = values.slice(0, 3);
        const alpha = values[3] === undefined ? 1 : values[3];
        this._initialize = () => void (this._cachedColor = { space: spaceOf(mode), coords, alpha });
      }

      _ready() {
        if (!this._initialize) return;
        this._initialize();
        this._initialize = undefined;
      }

      get mode() {
        this._ready();
        return this._cachedMode;
      }

      get _color() {
        this._ready();
        return this._cachedColor;
      }

      set _color(color) {
        this._ready();
        this._cachedColor = color;
      }

      get _array() {
        return this._getRGBA();
      }

      array() {
        return this._array;
      }

      lerp(color, amt, mode) {
        const [own, other] = [this._color.space.path, color._color.space.path];
        let shared = 0;
        while (shared + 1 < Math.max(own.length, other.length) && own[shared + 1] === other[shared + 1]) shared++;
        const space = own[shared];
        // p5 knows its own modes only: colours whose spaces have less in common cannot be mixed.
        if (space !== srgb && !more().SPACES.includes(space)) throw new TypeError(`No color space found with id = "${space.id}"`);
        const from = toGamut(to({ ...this._color, coords: [...this._color.coords] }, space));
        const target = toGamut(to({ ...color._color, coords: [...color._color.coords] }, space));
        const a = [...from.coords];
        const b = [...target.coords];
        const hue = space.coords.findIndex(({ isAngle }) => isAngle);
        if (hue >= 0) {
          a[hue] ??= b[hue];
          b[hue] ??= a[hue];
          if (a[hue] !== null) {
            a[hue] = ((a[hue] % 360) + 360) % 360;
            b[hue] = ((b[hue] % 360) + 360) % 360;
            const difference = b[hue] - a[hue];
            if (difference > 180) a[hue] += 360;
            else if (difference < -180) b[hue] += 360;
          }
        }
        const between = (start, end) => (isNaN(start) ? end : isNaN(end) ? start : start + (end - start) * amt);
        const coords = a.map((start, i) => between(start, b[i]));
        return new Color({ space, coords, alpha: between(from.alpha, target.alpha) }, mode || this.mode);
      }

      toString(wanted) {
        if (wanted === undefined && this._defaultStringValue !== undefined) return this._defaultStringValue;
        if (wanted !== '#rrggbb') return more().serialize(this._color, wanted);
        let text = String(more().serialize(this._color, 'hex'));
        if (text.length === 4) text = `#${text[1]}${text[1]}${text[2]}${text[2]}${text[3]}${text[3]}`;
        return text.slice(0, 7).toLowerCase();
      }

      contrast(other, options = 'WCAG21') {
        const { contrastWCAG21, contrastAPCA } = more();
        if (options === 'WCAG21') return contrastWCAG21(this._color, other._color) >= 4.5;
        if (options === 'APCA') return Math.abs(contrastAPCA(this._color, other._color)) >= 75;
        if (options !== 'all') return null;
        const wcag = contrastWCAG21(this._color, other._color);
        const apca = contrastAPCA(this._color, other._color);
        return {
          WCAG21: { value: wcag, passedMinimum: wcag >= 4.5, passedAAA: wcag >= 7 },
          APCA: { value: apca, passedMinimum: Math.abs(apca) >= 75 },
        };
      }

      _setChannel(index, value, max) {
        this._defaultStringValue = undefined;
        const next = rescale(value, ends(max || state.maxes.rgb[index]), [0, 1]);
        if (index === 3) this._color.alpha = next;
        else if (this.mode === 'rgb' || this.mode === 'rgbp3') this._color.coords[index] = next;
        else {
          const inRgb = to(this._color, srgb);
          inRgb.coords[index] = next;
          this._color = to(inRgb, this._color.space);
        }
      }

      _getRGBA(maxes = [1, 1, 1, 1]) {
        const values = [...convert(this._color.coords, this._color.space, srgb), this._color.alpha];
        return values.map((value, i) => rescale(value, [0, 1], maxes[i]));
      }

      _getMode() {
        return this.mode;
      }

      // `modes`: those whose own channel is read; for all others the colour is converted to the first of `fallback`.
      _getChannel(name, index, modes, fallback, max) {
        const target = max || homeMax(name, this.mode);
        const own = modes.includes(this.mode);
        const mode = own ? this.mode : fallback;
        const { coords, space } = this._color;
        return rescale((own ? coords : convert(coords, space, spaceOf(mode)))[index], limitsOf(mode)[index], target);
      }

      _getAlpha(max) {
        return rescale(this._color.alpha, [0, 1], max || homeMax('Alpha', this.mode));
      }
    }
    ['Red', 'Green', 'Blue', 'Alpha'].forEach((name, index) => {
      Color.prototype[`set${name}`] = function (value, max) {
        this._setChannel(index, value, max);
      };
      if (index === 3) return;
      Color.prototype[`_get${name}`] = function (max) {
        return this._getChannel(name, index, ['rgb', 'rgbp3'], 'rgb', max);
      };
    });
    const readers = [
      ['Hue', 0, ['hsb', 'hsl'], 'hsl'], ['Saturation', 1, ['hsb', 'hsl'], 'hsl'],
      ['Brightness', 2, ['hsb'], 'hsb'], ['Lightness', 2, ['hsl'], 'hsl'],
    ];
    for (const [name, index, modes, fallback] of readers) {
      Color.prototype[`_get${name}`] = function (max) {
        return this._getChannel(name, index, modes, fallback, max);
      };
    }

    const color = (...args) => {
      if (args[0] instanceof Color) return args[0];
      const vals = Array.isArray(args[0]) ? args[0] : args;
      return new Color(vals, state.mode, state.maxes[state.mode], { clamp: true });
    };
    const lerpColor = (c1, c2, amt) => c1.lerp(c2, amt, state.mode);
    const isMode = (...modes) => modes.includes(state.mode);
    return {
      Color,
      color,
      state: () => state,
      restore: (saved) => void (state = saved ?? START),
      colorMode(mode, max1, max2, max3, maxA) {
        if (!Object.hasOwn(MAXES, mode)) return state.mode;
        const maxes = { ...state.maxes, [mode]: [...state.maxes[mode]] };
        if (arguments.length === 2) maxes[mode] = [max1, max1, max1, max1];
        else if (arguments.length === 4) maxes[mode] = [max1, max2, max3, maxes[mode][3]];
        else if (arguments.length === 5) maxes[mode] = [max1, max2, max3, maxA];
        state = Object.freeze({ mode, maxes });
        return mode;
      },
      red: (c) => color(c)._getRed(),
      green: (c) => color(c)._getGreen(),
      blue: (c) => color(c)._getBlue(),
      alpha: (c) => color(c)._getAlpha(),
      hue: (c) => {
        const mode = isMode('hsb', 'hsl', 'lch', 'oklch') ? state.mode : 'hsl';
        return color(c)._getHue(state.maxes[mode][isMode('lch', 'oklch') ? 2 : 0]);
      },
      saturation: (c) => color(c)._getSaturation(state.maxes[isMode('hsb') ? 'hsb' : 'hsl'][1]),
      brightness: (c) => color(c)._getBrightness(state.maxes.hsb[2]),
      lightness: (c) => color(c)._getLightness(state.maxes.hsl[2]),
      lerpColor,
      paletteLerp: (stops, amt) => {
        if (amt < stops[0][1]) return color(stops[0][0]);
        for (let i = 1; i < stops.length; i++) {
          if (amt >= stops[i][1]) continue;
          const [before, start] = stops[i - 1];
          return lerpColor(color(before), color(stops[i][0]), (amt - start) / (stops[i][1] - start));
        }
        return color(stops[stops.length - 1][0]);
      },
    };
  };
  return { makeColors };
}
