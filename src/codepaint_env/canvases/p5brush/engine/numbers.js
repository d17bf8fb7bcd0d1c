// What p5 2.3.4 computes without a canvas: maths, random numbers, noise, and numbers as text and back.
// Called with pinned functions for Math and what else seeds its random numbers; yields methods of a p5 instance.
({ math, reseeded }) => {
  const RADIAN = Math.PI / 180;
  const DEGREE = 180 / Math.PI;
  const pinned = (name) => math[name] ?? Math[name];

  const calculation = {
    abs: Math.abs,
    ceil: Math.ceil,
    constrain: (n, low, high) => Math.max(Math.min(n, high), low),
    dist(...args) {
      if (args.length === 4) return Math.hypot(args[2] - args[0], args[3] - args[1]);
      if (args.length === 6) return Math.hypot(args[3] - args[0], args[4] - args[1], args[5] - args[2]);
      return undefined;
    },
    exp: pinned('exp'),
    floor: Math.floor,
    lerp: (start, stop, amt) => amt * (stop - start) + start,
    log: pinned('log'),
    mag: (x, y) => Math.hypot(x, y),
    map(n, start1, stop1, start2, stop2, withinBounds) {
      const value = ((n - start1) / (stop1 - start1)) * (stop2 - start2) + start2;
      if (!withinBounds) return value;
      return start2 < stop2 ? this.constrain(value, start2, stop2) : this.constrain(value, stop2, start2);
    },
    max(...args) {
      let result = -Infinity;
      for (const value of args[0] instanceof Array ? args[0] : args) result = Math.max(result, value);
      return result;
    },
    min(...args) {
      let result = Infinity;
      for (const value of args[0] instanceof Array ? args[0] : args) result = Math.min(result, value);
      return result;
    },
    norm(n, start, stop) {
      return this.map(n, start, stop, 0, 1);
    },
    pow: pinned('pow'),
    round(n, decimals) {
      if (!decimals) return Math.round(n);
      const multiplier = Math.pow(10, decimals);
      return Math.round(n * multiplier) / multiplier;
    },
    sq: (n) => n * n,
    sqrt: Math.sqrt,
    fract(toConvert) {
      const n = Number(toConvert);
      if (isNaN(n) || Math.abs(n) === Infinity) return n;
      const sign = n < 0 ? 1 : 0;
      const size = Math.abs(n);
      const text = String(size);
      if (text.includes('.') && !text.includes('e')) {
        return Math.abs(sign - Number(`0${text.slice(text.indexOf('.'))}`));
      }
      return size < 1 ? Math.abs(sign - size) : 0;
    },
  };

  const trigonometry = {
    acos(ratio) {
      return this._fromRadians(Math.acos(ratio));
    },
    asin(ratio) {
      return this._fromRadians(Math.asin(ratio));
    },
    atan(ratio) {
      return this._fromRadians(Math.atan(ratio));
    },
    atan2(y, x) {
      return this._fromRadians(Math.atan2(y, x));
    },
    cos(angle) {
      return Math.cos(this._toRadians(angle));
    },
    sin(angle) {
      return Math.sin(this._toRadians(angle));
    },
    tan(angle) {
      return Math.tan(this._toRadians(angle));
    },
    degrees: (angle) => angle * DEGREE,
    radians: (angle) => angle * RADIAN,
    angleMode(mode) {
      if (mode === undefined) return this._angleMode;
      if (mode === 'degrees' || mode === 'radians') this._angleMode = mode;
      return undefined;
    },
    _toRadians(angle) {
      return angle !== undefined && this._angleMode === 'degrees' ? angle * RADIAN : angle;
    },
    _toDegrees(angle) {
      return this._angleMode === 'radians' ? angle * DEGREE : angle;
    },
    _fromRadians(angle) {
      return this._angleMode === 'degrees' ? angle * DEGREE : angle;
    },
    _fromDegrees(angle) {
      return this._angleMode === 'radians' ? angle * RADIAN : angle;
    },
  };

  // A linear congruential generator (Numerical Recipes); a seed that is not given is drawn from Math.random.
  const MODULUS = 4294967296;
  const advance = (state) => (1664525 * state + 1013904223) % MODULUS;
  const firstState = (seed) => (seed == null ? Math.random() * MODULUS : seed) >>> 0;

  let secondGaussian = 0;
  const random = {
    randomSeed(seed) {
      this._lcg_random_state = firstState(seed);
      this._gaussian_previous = false;
      reseeded.random(seed);
    },
    random(min, max) {
      let drawn;
      if (this._lcg_random_state == null) drawn = Math.random();
      else {
        this._lcg_random_state = advance(this._lcg_random_state);
        drawn = this._lcg_random_state / MODULUS;
      }
      if (min === undefined) return drawn;
      if (max === undefined) return min instanceof Array ? min[Math.floor(drawn * min.length)] : drawn * min;
      return min > max ? drawn * (min - max) + max : drawn * (max - min) + min;
    },
    randomGaussian(mean, sd = 1) {
      let value;
      if (this._gaussian_previous) {
        value = secondGaussian;
        this._gaussian_previous = false;
      } else {
        let x1, x2, w;
        do {
          x1 = this.random(2) - 1;
          x2 = this.random(2) - 1;
          w = x1 * x1 + x2 * x2;
        } while (w >= 1);
        w = Math.sqrt((-2 * Math.log(w)) / w);
        value = x1 * w;
        secondGaussian = x2 * w;
        this._gaussian_previous = true;
      }
      return value * sd + (mean || 0);
    },
    shuffle(list, modify) {
      const shuffled = modify || ArrayBuffer.isView(list) ? list : list.slice();
      for (let left = shuffled.length; left > 1; ) {
        const drawn = (this.random(0, 1) * left) | 0;
        const last = shuffled[--left];
        shuffled[left] = shuffled[drawn];
        shuffled[drawn] = last;
      }
      return shuffled;
    },
  };

  // Perlin's value noise over a table of 4096 numbers, four octaves unless told otherwise.
  const SIZE = 4095;
  let octaves = 4;
  let falloff = 0.5;
  let table = null;
  const ease = (i) => 0.5 * (1.0 - Math.cos(i * Math.PI));
  const noise = {
    noise(x, y = 0, z = 0) {
      if (table === null) {
        table = new Array(SIZE + 1);
        for (let i = 0; i < SIZE + 1; i++) table[i] = Math.random();
      }
      if (x < 0) x = -x;
      if (y < 0) y = -y;
      if (z < 0) z = -z;
      let xi = Math.floor(x);
      let yi = Math.floor(y);
      let zi = Math.floor(z);
      let xf = x - xi;
      let yf = y - yi;
      let zf = z - zi;
      let result = 0;
      let amplitude = 0.5;
      for (let octave = 0; octave < octaves; octave++) {
        let of = xi + (yi << 4) + (zi << 8);
        const rxf = ease(xf);
        const ryf = ease(yf);
        let n1 = table[of & SIZE];
        n1 += rxf * (table[(of + 1) & SIZE] - n1);
        let n2 = table[(of + 16) & SIZE];
        n2 += rxf * (table[(of + 16 + 1) & SIZE] - n2);
        n1 += ryf * (n2 - n1);
        of += 256;
        n2 = table[of & SIZE];
        n2 += rxf * (table[(of + 1) & SIZE] - n2);
        let n3 = table[(of + 16) & SIZE];
        n3 += rxf * (table[(of + 16 + 1) & SIZE] - n3);
        n2 += ryf * (n3 - n2);
        n1 += ease(zf) * (n2 - n1);
        result += n1 * amplitude;
        amplitude *= falloff;
        xi <<= 1;
        xf *= 2;
        yi <<= 1;
        yf *= 2;
        zi <<= 1;
        zf *= 2;
        if (xf >= 1.0) {
          xi++;
          xf--;
        }
        if (yf >= 1.0) {
          yi++;
          yf--;
        }
        if (zf >= 1.0) {
          zi++;
          zf--;
        }
      }
      return result;
    },
    noiseDetail(lod, amount = 0.5) {
      if (lod > 0) octaves = lod;
      if (amount > 0) falloff = amount;
    },
    noiseSeed(seed) {
      let state = firstState(seed);
      table = new Array(SIZE + 1);
      for (let i = 0; i < SIZE + 1; i++) {
        state = advance(state);
        table[i] = state / MODULUS;
      }
      reseeded.noise(seed);
    },
  };

  const eachOf = (run) => {
    const convert = (value, ...args) =>
      value instanceof Array ? value.map((item) => convert(item, ...args)) : run(value, ...args);
    return convert;
  };
  const int = eachOf((n, radix = 10) => {
    if (n === Infinity || n === 'Infinity') return Infinity;
    if (n === -Infinity || n === '-Infinity') return -Infinity;
    if (typeof n === 'string') return parseInt(n, radix);
    if (typeof n === 'number') return n | 0;
    return typeof n === 'boolean' ? Number(n) : undefined;
  });
  const char = eachOf((n) => {
    if (typeof n === 'number' && !isNaN(n)) return String.fromCharCode(n);
    return typeof n === 'string' ? char(parseInt(n, 10)) : undefined;
  });
  const nf = eachOf((value, left, right) => {
    const size = Math.abs(value);
    const [whole, part] = (right === undefined ? size.toString() : size.toFixed(right)).split('.');
    const text = whole.padStart(left, '0') + (part ? `.${part}` : '');
    return value < 0 ? `-${text}` : text;
  });
  const nfc = eachOf((value, right) => {
    const text = value.toString();
    const point = text.indexOf('.');
    let rest = point === -1 ? '' : text.substring(point);
    const whole = (point === -1 ? text : text.substring(0, point)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
    if (right === 0) rest = '';
    else if (right !== undefined) {
      if (right > rest.length) {
        rest += point === -1 ? '.' : '';
        const missing = right - rest.length + 1;
        for (let i = 0; i < missing; i++) rest += '0';
      } else rest = rest.substring(0, right + 1);
    }
    return whole + rest;
  });
  const hex = eachOf((n, given) => {
    const digits = given ?? 8;
    if (n === Infinity || n === -Infinity) return (n === Infinity ? 'F' : '0').repeat(digits);
    if (typeof n !== 'number') return undefined;
    const text = (n < 0 ? 0xffffffff + n + 1 : n).toString(16).toUpperCase().padStart(digits, '0');
    return text.substring(text.length - digits);
  });
  const conversion = {
    float: (text) => (text instanceof Array ? text.map(parseFloat) : parseFloat(text)),
    int,
    str: eachOf((value) => String(value)),
    boolean: eachOf((value) => {
      if (typeof value === 'number') return value !== 0;
      if (typeof value === 'string') return value.toLowerCase() === 'true';
      return typeof value === 'boolean' ? value : undefined;
    }),
    byte: eachOf((value) => {
      const n = int(value, 10);
      return typeof n === 'number' ? ((n + 128) % 256) - 128 : undefined;
    }),
    char,
    unchar: eachOf((text) => (typeof text === 'string' && text.length === 1 ? text.charCodeAt(0) : undefined)),
    hex,
    unhex: eachOf((text) => parseInt(`0x${text}`, 16)),
    nf,
    nfc,
    nfp: eachOf((...args) => (parseFloat(nf(...args)) > 0 ? `+${nf(...args)}` : nf(...args))),
    nfs: eachOf((...args) => (parseFloat(nf(...args)) >= 0 ? ` ${nf(...args)}` : nf(...args))),
    splitTokens(value, delims) {
      if (delims === undefined) return value.split(/\s/g).filter((token) => token);
      let set = delims;
      const close = set.indexOf(']');
      const open = set.indexOf('[');
      if (close >= 0) set = set.slice(0, close) + set.slice(close + 1);
      if (open >= 0) {
        const at = set.indexOf('[');
        set = set.slice(0, at) + set.slice(at + 1);
      }
      const brackets = [open >= 0 && close >= 0 ? '\\[' : '', close >= 0 ? '\\]' : open >= 0 ? '\\[' : ''];
      return value.split(new RegExp(`[${brackets[0]}${set}${brackets[1]}]`, 'g')).filter((token) => token);
    },
  };

  const curves = {
    bezierPoint(a, b, c, d, t) {
      const s = 1 - t;
      return (
        Math.pow(s, 3) * a + 3 * Math.pow(s, 2) * t * b + 3 * s * Math.pow(t, 2) * c + Math.pow(t, 3) * d
      );
    },
    bezierTangent(a, b, c, d, t) {
      const s = 1 - t;
      return (
        3 * d * Math.pow(t, 2) -
        3 * c * Math.pow(t, 2) +
        6 * c * s * t -
        6 * b * s * t +
        3 * b * Math.pow(s, 2) -
        3 * a * Math.pow(s, 2)
      );
    },
    splinePoint(a, b, c, d, t) {
      const s = this.splineProperty('tightness');
      const t3 = t * t * t;
      const t2 = t * t;
      const f1 = ((s - 1) / 2) * t3 + (1 - s) * t2 + ((s - 1) / 2) * t;
      const f2 = ((s + 3) / 2) * t3 + ((-5 - s) / 2) * t2 + 1.0;
      const f3 = ((-3 - s) / 2) * t3 + (s + 2) * t2 + ((1 - s) / 2) * t;
      const f4 = ((1 - s) / 2) * t3 + ((s - 1) / 2) * t2;
      return a * f1 + b * f2 + c * f3 + d * f4;
    },
    splineTangent(a, b, c, d, t) {
      const s = this.splineProperty('tightness');
      const tt3 = t * t * 3;
      const t2 = t * 2;
      const f1 = ((s - 1) / 2) * tt3 + (1 - s) * t2 + (s - 1) / 2;
      const f2 = ((s + 3) / 2) * tt3 + ((-5 - s) / 2) * t2;
      const f3 = ((-3 - s) / 2) * tt3 + (s + 2) * t2 + (1 - s) / 2;
      const f4 = ((1 - s) / 2) * tt3 + ((s - 1) / 2) * t2;
      return a * f1 + b * f2 + c * f3 + d * f4;
    },
  };

  return { ...calculation, ...trigonometry, ...random, ...noise, ...conversion, ...curves };
}
