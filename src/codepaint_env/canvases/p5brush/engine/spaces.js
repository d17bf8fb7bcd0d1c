// The colour spaces of p5 2.3.4 besides sRGB, how colours come into a gamut, and colours as text and back, with the
// numbers of the library that p5 converts with (colorjs.io 0.6, MIT).
// Called with what color.js has; evaluated when a program first needs one of them.
(given) => {
  'use strict';
  const {
    xyz, srgb, makeSpace, linear, gamma, plain, times, mapEach, convert, to, inGamut, clamp, parseHex, INVALID,
  } = given;
  const D50 = [0.3457 / 0.3585, 1.0, (1.0 - 0.3457 - 0.3585) / 0.3585];
  const number = (value) => value === null || value !== value;
  const percent = { range: [0, 100] };
  const angle = { refRange: [0, 360], isAngle: true };

  const p3Linear = linear('p3-linear', xyz, [
    [0.4865709486482162, 0.26566769316909306, 0.1982172852343625],
    [0.2289745640697488, 0.6917385218365064, 0.079286914093745],
    [0.0, 0.04511338185890264, 1.043944368900976],
  ], [
    [2.493496911941425, -0.9313836179191239, -0.40271078445071684],
    [-0.8294889695615747, 1.7626640603183463, 0.023624685841943577],
    [0.03584583024378447, -0.07617238926804182, 0.9568845240076872],
  ]);
  const p3 = gamma('p3', p3Linear);

  const turn = (h) => (h % 360 < 0 ? (h % 360) + 360 : h % 360);
  const hsl = makeSpace('hsl', srgb, [angle, percent, percent], ([hue, saturation, lightness]) => {
    const h = turn(hue);
    const s = saturation / 100;
    const l = lightness / 100;
    const f = (n) => {
      const k = (n + h / 30) % 12;
      const a = s * Math.min(l, 1 - l);
      return l - a * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    };
    return [f(0), f(8), f(4)];
  }, (rgb) => {
    const max = Math.max(rgb[0], rgb[1], rgb[2]);
    const min = Math.min(rgb[0], rgb[1], rgb[2]);
    const l = (min + max) / 2;
    let h = hueOf(rgb, max, max - min);
    let s = 0;
    if (max - min !== 0) s = l === 0 || l === 1 ? 0 : (max - l) / Math.min(l, 1 - l);
    if (s < 0) {
      h += 180;
      s = Math.abs(s);
    }
    if (h >= 360) h -= 360;
    return [h, s * 100, l * 100];
  });
  // Null where there is no hue.
  const hueOf = ([r, g, b], max, chroma) => {
    if (chroma === 0) return null;
    let h = null;
    switch (max) {
      case r:
        h = (g - b) / chroma + (g < b ? 6 : 0);
        break;
      case g:
        h = (b - r) / chroma + 2;
        break;
      case b:
        h = (r - g) / chroma + 4;
    }
    return h * 60;
  };
  const hsv = makeSpace('hsv', srgb, [angle, percent, percent], ([hue, saturation, value]) => {
    const h = turn(hue);
    const s = saturation / 100;
    const v = value / 100;
    const f = (n) => {
      const k = (n + h / 60) % 6;
      return v - v * s * Math.max(0, Math.min(k, 4 - k, 1));
    };
    return [f(5), f(3), f(1)];
  }, (rgb) => {
    const v = Math.max(rgb[0], rgb[1], rgb[2]);
    const chroma = v - Math.min(rgb[0], rgb[1], rgb[2]);
    let h = hueOf(rgb, v, chroma);
    if (h >= 360) h -= 360;
    return [h, (v ? chroma / v : 0) * 100, v * 100];
  });
  const hwb = makeSpace('hwb', hsv, [angle, percent, percent], ([h, white, black]) => {
    const w = white / 100;
    const b = black / 100;
    const sum = w + b;
    if (sum >= 1) return [h, 0, (w / sum) * 100];
    const v = 1 - b;
    return [h, (v === 0 ? 0 : 1 - w / v) * 100, v * 100];
  }, ([h, s, v]) => [h, (v * (100 - s)) / 100, 100 - v]);
  // p5's own, which differs from HSV in its last bits.
  const hsb = makeSpace('hsb', srgb, [angle, percent, percent], (coords) => {
    const hue = (coords[0] / 360) * 6;
    const sat = coords[1] / 100;
    const val = coords[2] / 100;
    if (sat === 0) return [val, val, val];
    const sector = Math.floor(hue);
    const tint1 = val * (1 - sat);
    const tint2 = val * (1 - sat * (hue - sector));
    const tint3 = val * (1 - sat * (1 + sector - hue));
    switch (sector) {
      case 1:
        return [tint2, val, tint1];
      case 2:
        return [tint1, val, tint3];
      case 3:
        return [tint1, tint2, val];
      case 4:
        return [tint3, tint1, val];
      case 5:
        return [val, tint1, tint2];
      default:
        return [val, tint3, tint1];
    }
  }, ([red, green, blue]) => {
    const val = Math.max(red, green, blue);
    const chroma = val - Math.min(red, green, blue);
    if (chroma === 0) return [0, 0, val * 100];
    let hue;
    if (red === val) hue = (green - blue) / chroma;
    else if (green === val) hue = 2 + (blue - red) / chroma;
    else if (blue === val) hue = 4 + (red - green) / chroma;
    if (hue < 0) hue += 6;
    else if (hue >= 6) hue -= 6;
    return [(hue / 6) * 360, (chroma / val) * 100, val * 100];
  });

  const xyz50 = makeSpace('xyz-d50', xyz, [plain, plain, plain], (v) => times(v, [
    [0.955473421488075, -0.02309845494876471, 0.06325924320057072],
    [-0.0283697093338637, 1.0099953980813041, 0.021041441191917323],
    [0.012314014864481998, -0.020507649298898964, 1.330365926242124],
  ]), (v) => times(v, [
    [1.0479297925449969, 0.022946870601609652, -0.05019226628920524],
    [0.02962780877005599, 0.9904344267538799, -0.017073799063418826],
    [-0.009243040646204504, 0.015055191490298152, 0.7518742814281371],
  ]));
  const EPSILON = 216 / 24389;
  const KAPPA = 24389 / 27;
  const axis = (extent) => ({ refRange: [-extent, extent] });
  const lab = makeSpace('lab', xyz50, [{ refRange: [0, 100] }, axis(125), axis(125)], ([l, a, b]) => {
    const f1 = (l + 16) / 116;
    const f0 = a / 500 + f1;
    const f2 = f1 - b / 200;
    const cube = (f) => (f > 24 / 116 ? Math.pow(f, 3) : (116 * f - 16) / KAPPA);
    return [cube(f0) * D50[0], (l > 8 ? Math.pow((l + 16) / 116, 3) : l / KAPPA) * D50[1], cube(f2) * D50[2]];
  }, (v) => {
    const f = mapEach(v, (value, i) => {
      const ratio = value / D50[i];
      return ratio > EPSILON ? Math.cbrt(ratio) : (KAPPA * ratio + 16) / 116;
    });
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])];
  });
  const TO_LMS = [
    [0.819022437996703, 0.3619062600528904, -0.1288737815209879],
    [0.0329836539323885, 0.9292868615863434, 0.0361446663506424],
    [0.0481771893596242, 0.2642395317527308, 0.6335478284694309],
  ];
  const FROM_LMS = [
    [1.2268798758459243, -0.5578149944602171, 0.2813910456659647],
    [-0.0405757452148008, 1.112286803280317, -0.0717110580655164],
    [-0.0763729366746601, -0.4214933324022432, 1.5869240198367816],
  ];
  const TO_OKLAB = [
    [0.210454268309314, 0.7936177747023054, -0.0040720430116193],
    [1.9779985324311684, -2.42859224204858, 0.450593709617411],
    [0.0259040424655478, 0.7827717124575296, -0.8086757549230774],
  ];
  const FROM_OKLAB = [
    [1.0, 0.3963377773761749, 0.2158037573099136],
    [1.0, -0.1055613458156586, -0.0638541728258133],
    [1.0, -0.0894841775298119, -1.2914855480194092],
  ];
  const oklab = makeSpace('oklab', xyz, [plain, axis(0.4), axis(0.4)],
    (v) => times(mapEach(times(v, FROM_OKLAB), (x) => Math.pow(x, 3)), FROM_LMS),
    (v) => times(mapEach(times(v, TO_LMS), (x) => Math.cbrt(x)), TO_OKLAB));
  const polar = (id, base, lightness, chroma, limit) =>
    makeSpace(id, base, [lightness, chroma, angle], ([l, c, h]) => {
      if (h === null) return [l, null, null];
      const size = c < 0 ? 0 : c;
      return [l, size * Math.cos((h * Math.PI) / 180), size * Math.sin((h * Math.PI) / 180)];
    }, ([l, a, b]) => {
      if (Math.abs(a) < limit && Math.abs(b) < limit) return [l, 0, null];
      const h = ((((Math.atan2(b, a) * 180) / Math.PI) % 360) + 360) % 360;
      return [l, Math.sqrt(a * a + b * b), h];
    });
  const lch = polar('lch', lab, { refRange: [0, 100] }, { refRange: [0, 150] }, 250 / 100000);
  const oklch = polar('oklch', oklab, plain, { refRange: [0, 0.4] }, 0.8 / 100000);

  // ---- Colours outside a space's gamut come into it by losing chroma (CSS Color 4).
  const clip = (color, space) => {
    const inside = to(color, space);
    inside.coords = mapEach(inside.coords, (value, i) => {
      const { range } = space.coords[i];
      return range ? clamp(range[0], value, range[1]) : value;
    });
    return inside;
  };
  const distance = (color, other) => {
    const a = convert(color.coords, color.space, oklab);
    const b = convert(other.coords, other.space, oklab);
    const [l, m, n] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    return Math.sqrt(l * l + m * m + n * n);
  };
  const toGamut = (color) => {
    const { space } = color;
    if (inGamut(color.coords, space, 0)) return color;
    const inLch = to(color, oklch);
    const grey = (lightness) => ({ space, coords: convert([lightness, 0, 0], oklab, space), alpha: color.alpha });
    if (space.isUnbounded) return color;
    if (inLch.coords[0] >= 1) return grey(1);
    if (inLch.coords[0] <= 0) return grey(0);
    if (inGamut(convert(inLch.coords, oklch, space), space, 0)) return to(inLch, space);
    let low = 0;
    let high = inLch.coords[1];
    let lowIsInside = true;
    let clipped = clip(inLch, space);
    if (distance(clipped, inLch) < 0.02) return clipped;
    while (high - low > 0.0001) {
      const chroma = (low + high) / 2;
      inLch.coords[1] = chroma;
      if (lowIsInside && inGamut(convert(inLch.coords, oklch, space), space, 0)) {
        low = chroma;
        continue;
      }
      clipped = clip(inLch, space);
      const difference = distance(clipped, inLch);
      if (difference >= 0.02) high = chroma;
      else {
        if (0.02 - difference < 0.0001) break;
        lowIsInside = false;
        low = chroma;
      }
    }
    return clipped;
  };

  // ---- Text to colour and back. A format lists, for each channel, the kinds of value it takes.
  const N = 'number';
  const P = 'percentage';
  const A = 'angle';
  const BYTE = 'byte'; // a number from 0 to 255
  const rgbChannels = [[P, BYTE], [P, BYTE], [P, BYTE]];
  const hueChannels = [[N, A], [P, N], [P, N]];
  const format = (space, name, channels, more) => void (space.formats[name] = { name, space, channels, ...more });
  format(srgb, 'rgb', rgbChannels);
  format(srgb, 'rgb_number', [[BYTE], [BYTE], [BYTE]], { name: 'rgb', commas: true, alpha: false });
  format(srgb, 'rgba', rgbChannels, { commas: true, alpha: true });
  format(srgb, 'rgba_number', [[BYTE], [BYTE], [BYTE]], { name: 'rgba', commas: true });
  format(srgb, 'hex', null, { toText: (coords, alpha) => toHex(alpha < 1 ? [...coords, alpha] : coords) });
  format(hsb, 'default', null, { toText: (coords, alpha) => {
    const [r, g, b] = mapEach(convert(coords, hsb, srgb), (value) => Math.round(value * 100 * 100) / 100);
    return `rgb(${r}% ${g}% ${b}%${alpha < 1 ? ` / ${alpha}` : ''})`;
  } });
  for (const name of ['hsb', 'hsba']) format(hsb, name, [[N, A], [P], [P]]);
  format(hsl, 'hsl', hueChannels);
  format(hsl, 'hsla', hueChannels, { commas: true, alpha: true });
  format(hwb, 'hwb', hueChannels);
  for (const space of [lab, oklab]) format(space, space.id, [[P, N], [N, P], [N, P]]);
  for (const space of [lch, oklch]) format(space, space.id, [[P, N], [N, P], [N, A]]);
  const SPACES = [srgb, p3, hsb, hsl, hwb, lab, lch, oklab, oklch];
  for (const space of SPACES) {
    const channels = space.coords.map(({ isAngle }) => (isAngle ? [N, P, A] : [N, P]));
    format(space, 'color', channels, { id: space === p3 ? 'display-p3' : space.id });
  }
  const FORMATS = SPACES.flatMap((space) => Object.values(space.formats));

  const percentages = ({ range, refRange }) => (range || refRange[0] >= 0 ? [0, 1] : [-1, 1]);
  const mapRange = (from, target, value) => {
    if (!from || (from[0] === target[0] && from[1] === target[1]) || number(value)) return value;
    return target[0] + (target[1] - target[0]) * ((value - from[0]) / (from[1] - from[0]));
  };
  const ARGUMENT = /\/?\s*(none|NaN|calc\(NaN\)|[-+\w.]+(?:%|deg|g?rad|turn)?)/g;
  const NUMBER = /^([-+]?(?:[0-9]*\.)?[0-9]+(e[-+]?[0-9]+)?)$/i;
  const UNITS = { '%': 0.01, deg: 1, grad: 0.9, rad: 180 / Math.PI, turn: 360 };
  const parseArgument = (text) => {
    const unit = text.match(/(%|deg|grad|rad|turn)$/)?.[0];
    if (unit) return { value: Number(text.slice(0, -unit.length)) * UNITS[unit], kind: unit === '%' ? P : A };
    if (NUMBER.test(text)) return { value: Number(text), kind: N };
    if (text === 'none') return { value: null, kind: undefined };
    if (text === 'NaN' || text === 'calc(NaN)') return { value: NaN, kind: N };
    return { value: text, kind: 'word' };
  };
  const parseFunction = (rawName, body) => {
    const name = rawName.toLowerCase();
    const parts = [];
    let hasAlpha = false;
    for (const [whole, text] of body.matchAll(ARGUMENT)) {
      if (whole.startsWith('/') || (name !== 'color' && parts.length === 3)) hasAlpha = true;
      parts.push(parseArgument(text));
    }
    const id = name === 'color' ? String(parts.shift()?.value).replace(/^--/, '') : '';
    const found = FORMATS.find((each) => each.channels && each.name === name && (!id || each.id === id));
    const alpha = hasAlpha ? parts.pop().value : 1;
    if (!found || parts.length !== 3) throw new Error(INVALID);
    const coords = parts.map(({ value, kind }, i) => {
      if (number(value)) return value;
      const kinds = found.channels[i];
      const meta = found.space.coords[i];
      const range = meta.range ?? meta.refRange;
      if (kind === N && kinds.includes(BYTE)) return mapRange([0, 255], range, value);
      if (!kinds.includes(kind)) throw new Error(INVALID);
      return kind === P ? mapRange(percentages(meta), range, value) : value;
    });
    return { space: found.space, coords, alpha: alpha === null ? null : clamp(0, alpha, 1) };
  };
  const KEYWORDS =
    'aliceblue:f0f8ff antiquewhite:faebd7 aqua:00ffff aquamarine:7fffd4 azure:f0ffff beige:f5f5dc bisque:ffe4c4 ' +
    'black:000000 blanchedalmond:ffebcd blue:0000ff blueviolet:8a2be2 brown:a52a2a burlywood:deb887 ' +
    'cadetblue:5f9ea0 chartreuse:7fff00 chocolate:d2691e coral:ff7f50 cornflowerblue:6495ed cornsilk:fff8dc ' +
    'crimson:dc143c cyan:00ffff darkblue:00008b darkcyan:008b8b darkgoldenrod:b8860b darkgray:a9a9a9 ' +
    'darkgreen:006400 darkgrey:a9a9a9 darkkhaki:bdb76b darkmagenta:8b008b darkolivegreen:556b2f darkorange:ff8c00 ' +
    'darkorchid:9932cc darkred:8b0000 darksalmon:e9967a darkseagreen:8fbc8f darkslateblue:483d8b ' +
    'darkslategray:2f4f4f darkslategrey:2f4f4f darkturquoise:00ced1 darkviolet:9400d3 deeppink:ff1493 ' +
    'deepskyblue:00bfff dimgray:696969 dimgrey:696969 dodgerblue:1e90ff firebrick:b22222 floralwhite:fffaf0 ' +
    'forestgreen:228b22 fuchsia:ff00ff gainsboro:dcdcdc ghostwhite:f8f8ff gold:ffd700 goldenrod:daa520 ' +
    'gray:808080 green:008000 greenyellow:adff2f grey:808080 honeydew:f0fff0 hotpink:ff69b4 indianred:cd5c5c ' +
    'indigo:4b0082 ivory:fffff0 khaki:f0e68c lavender:e6e6fa lavenderblush:fff0f5 lawngreen:7cfc00 ' +
    'lemonchiffon:fffacd lightblue:add8e6 lightcoral:f08080 lightcyan:e0ffff lightgoldenrodyellow:fafad2 ' +
    'lightgray:d3d3d3 lightgreen:90ee90 lightgrey:d3d3d3 lightpink:ffb6c1 lightsalmon:ffa07a lightseagreen:20b2aa ' +
    'lightskyblue:87cefa lightslategray:778899 lightslategrey:778899 lightsteelblue:b0c4de lightyellow:ffffe0 ' +
    'lime:00ff00 limegreen:32cd32 linen:faf0e6 magenta:ff00ff maroon:800000 mediumaquamarine:66cdaa ' +
    'mediumblue:0000cd mediumorchid:ba55d3 mediumpurple:9370db mediumseagreen:3cb371 mediumslateblue:7b68ee ' +
    'mediumspringgreen:00fa9a mediumturquoise:48d1cc mediumvioletred:c71585 midnightblue:191970 mintcream:f5fffa ' +
    'mistyrose:ffe4e1 moccasin:ffe4b5 navajowhite:ffdead navy:000080 oldlace:fdf5e6 olive:808000 olivedrab:6b8e23 ' +
    'orange:ffa500 orangered:ff4500 orchid:da70d6 palegoldenrod:eee8aa palegreen:98fb98 paleturquoise:afeeee ' +
    'palevioletred:db7093 papayawhip:ffefd5 peachpuff:ffdab9 peru:cd853f pink:ffc0cb plum:dda0dd ' +
    'powderblue:b0e0e6 purple:800080 rebeccapurple:663399 red:ff0000 rosybrown:bc8f8f royalblue:4169e1 ' +
    'saddlebrown:8b4513 salmon:fa8072 sandybrown:f4a460 seagreen:2e8b57 seashell:fff5ee sienna:a0522d ' +
    'silver:c0c0c0 skyblue:87ceeb slateblue:6a5acd slategray:708090 slategrey:708090 snow:fffafa ' +
    'springgreen:00ff7f steelblue:4682b4 tan:d2b48c teal:008080 thistle:d8bfd8 tomato:ff6347 turquoise:40e0d0 ' +
    'violet:ee82ee wheat:f5deb3 white:ffffff whitesmoke:f5f5f5 yellow:ffff00 yellowgreen:9acd32';
  const makeKeywords = () => {
    const keywords = Object.create(null);
    for (const entry of KEYWORDS.split(' ')) {
      const [name, digits] = entry.split(':');
      keywords[name] = parseHex(`#${digits}`).coords;
    }
    return keywords;
  };

  const toPrecision = (value, precision) => {
    if (value === 0) return 0;
    const integer = ~~value;
    const digits = integer && precision ? ~~Math.log10(Math.abs(integer)) + 1 : 0;
    const multiplier = Math.pow(10, precision - digits);
    return Math.floor(value * multiplier + 0.5) / multiplier;
  };
  const showNumber = (value, unit) => (value === null ? 'none' : +toPrecision(value, 5) + unit);
  const toHex = (values) => {
    const bytes = values.map((value) => Math.round(value * 255));
    if (bytes.every((byte) => byte % 17 === 0)) return `#${bytes.map((byte) => (byte / 17).toString(16)).join('')}`;
    return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  };
  const serialize = (color, wanted) => {
    const byDefault = Object.values(color.space.formats)[0];
    const named = color.space.formats[wanted] ?? FORMATS.find(({ name }) => name === wanted);
    const chosen = (wanted && named) || byDefault;
    const { space, channels } = chosen;
    const { coords, alpha } = to(color, space);
    const inside = inGamut(coords, space, 0.000075) ? coords : toGamut({ space, coords: [...coords], alpha }).coords;
    if (!channels) return chosen.toText(inside, alpha);
    const values = inside.map((value, i) => {
      const meta = space.coords[i];
      const range = meta.range ?? meta.refRange;
      const kind = channels[i][0];
      if (kind === P) return showNumber(mapRange(range, percentages(meta).map((end) => end * 100), value), '%');
      return showNumber(kind === BYTE ? mapRange(range, [0, 255], value) : value, '');
    });
    if (chosen.id) values.unshift(chosen.id);
    const showsAlpha = chosen.alpha === true || (chosen.alpha !== false && alpha < 1);
    const shown = showsAlpha ? `${chosen.commas ? ',' : ' /'} ${showNumber(alpha, '')}` : '';
    return `${chosen.name}(${values.join(chosen.commas ? ', ' : ' ')}${shown})`;
  };

  const luminance = (color) => Math.max(convert(color.coords, color.space, xyz)[1], 0);
  const contrastWCAG21 = (color, other) => {
    const [a, b] = [luminance(color), luminance(other)];
    return a < b ? (b + 0.05) / (a + 0.05) : (a + 0.05) / (b + 0.05);
  };
  const perceived = (color) => {
    const [r, g, b] = mapEach(convert(color.coords, color.space, srgb), (value) =>
      (value < 0 ? -1 : 1) * Math.pow(Math.abs(value), 2.4));
    const y = r * 0.2126729 + g * 0.7151522 + b * 0.072175;
    return y >= 0.022 ? y : y + Math.pow(0.022 - y, 1.414);
  };
  const contrastAPCA = (background, foreground) => {
    const text = perceived(foreground);
    const ground = perceived(background);
    if (Math.abs(ground - text) < 0.0005) return 0;
    const c = ground > text
      ? (Math.pow(ground, 0.56) - Math.pow(text, 0.57)) * 1.14
      : (Math.pow(ground, 0.65) - Math.pow(text, 0.62)) * 1.14;
    if (Math.abs(c) < 0.1) return 0;
    return (c > 0 ? c - 0.027 : c + 0.027) * 100;
  };

  const MODES = { rgb: srgb, rgbp3: p3, hsb, hsl, hwb, lab, lch, oklab, oklch };
  const LIMITS = {};
  for (const mode in MODES) LIMITS[mode] = [...MODES[mode].coords.map((meta) => meta.range ?? meta.refRange), [0, 1]];
  return { MODES, SPACES, LIMITS, toGamut, parseFunction, makeKeywords, serialize, contrastWCAG21, contrastAPCA };
}
