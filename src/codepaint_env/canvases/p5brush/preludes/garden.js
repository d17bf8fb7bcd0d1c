// A painter's vocabulary: what a brush does in one go. A subject is composed of several of these.
// All angles are in degrees, 0 points up and 90 to the right; sizes and places are pixels, the origin is the middle.

const PAPER = '#fbf6ec';
const radians = (degrees) => (degrees * Math.PI) / 180;
const number = (value, otherwise) => (Number.isFinite(value) ? value : otherwise);
const bounded = (value, low, high) => Math.min(high, Math.max(low, value));
const extent = (value, otherwise) => bounded(Math.abs(number(value, otherwise)), 6, 600);
const place = (value) => bounded(number(value, 0), -600, 600);
const shift = (spread) => random(-spread, spread);

// A colour is what p5 takes for one; what it does not take is painted in grey.
const hue = (colour, otherwise) => {
  const asked = colour === undefined ? otherwise : colour;
  if (typeof asked === 'string' && /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(asked)) {
    const digits = asked.length === 4 ? asked.slice(1).replace(/./g, '$&$&') : asked.slice(1);
    return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16));
  }
  try {
    const made = color(asked);
    const parts = [red(made), green(made), blue(made)];
    if (parts.every(Number.isFinite)) return parts;
  } catch {
    // p5 does not take it
  }
  return [110, 110, 110];
};
const hex = (rgb) => `#${rgb.map((part) => Math.round(bounded(part, 0, 255)).toString(16).padStart(2, '0')).join('')}`;
// Deeper by a share, with a little more of the warm or the cool side: no two strokes have one colour.
const shaded = (rgb, share, wander = 7) => {
  const warm = shift(wander);
  const [r, g, b] = rgb.map((part) => (share < 0 ? part + (255 - part) * -share : part * (1 - share)));
  return hex([r + warm + shift(wander / 2), g + shift(wander / 2), b - warm + shift(wander / 2)]);
};

// Lays one wet form: points turn with `angle` about (x, y).
const wet = (x, y, angle, points, colour, opacity, bleed, options = {}) => {
  const { way = 'out', grain = 0.5, edge = 0.6, round = 0.6, scatter = true } = options;
  const [sin, cos] = [Math.sin(radians(angle)), Math.cos(radians(angle))];
  push();
  brush.noStroke();
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, way);
  brush.fillTexture(grain, edge, scatter);
  brush.beginShape(round);
  for (const [px, py] of points) brush.vertex(x + px * cos - py * sin, y + px * sin + py * cos);
  brush.endShape();
  pop();
};

// Body colour: what is light is lifted out of what lies under it, as gouache covers a wash.
const lifted = (x, y, angle, points, rgb, round) => {
  if (0.3 * rgb[0] + 0.6 * rgb[1] + 0.1 * rgb[2] < 205) return;
  for (let coat = 0; coat < 2; coat++) {
    wet(x, y, angle, points, hex(rgb), 255, 0.05, { grain: 0, edge: 0.3, round, scatter: false });
  }
};

// Draws one dry stroke through points of x, y and pressure.
const dry = (name, colour, weight, points, round = 0.5) => {
  push();
  brush.noFill();
  brush.set(name, colour, weight);
  brush.spline(points, round);
  pop();
};

// A ring of points about the middle that is no circle.
const blot = (width, height, count, rough) => {
  const turn = random(360);
  return Array.from({ length: count }, (_, at) => {
    const angle = radians(turn + (360 * at) / count + shift(120 / count));
    const reach = 1 + shift(rough);
    return [Math.cos(angle) * width * reach, Math.sin(angle) * height * reach];
  });
};

// A tapering ribbon along points, as an outline.
const ribbon = (points, width) => {
  const left = [];
  const right = [];
  points.forEach(([x, y], at) => {
    const [ax, ay] = points[Math.max(0, at - 1)];
    const [bx, by] = points[Math.min(points.length - 1, at + 1)];
    const long = Math.hypot(bx - ax, by - ay) || 1;
    const half = width(at / (points.length - 1)) / 2;
    left.push([x - ((by - ay) / long) * half, y + ((bx - ax) / long) * half]);
    right.unshift([x + ((by - ay) / long) * half, y - ((bx - ax) / long) * half]);
  });
  return [...left, ...right];
};

// Points on a slightly bent line.
const bent = (x1, y1, x2, y2, bend, count) => {
  const [dx, dy] = Math.hypot(x2 - x1, y2 - y1) < 1 ? [0, -6] : [x2 - x1, y2 - y1]; // a point is a short dab
  return Array.from({ length: count }, (_, at) => {
    const share = at / (count - 1);
    const out = Math.sin(Math.PI * share) * bend;
    return [x1 + dx * share - dy * out, y1 + dy * share + dx * out];
  });
};

/** Starts the sheet: 512 x 512 pixels of paper in a colour. Call it first, in setup(). The seed is any number. */
function sheet(colour = '#fbf6ec', seed = 1) {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(number(seed, 1));
  noiseSeed(number(seed, 1));
  background(hex(hue(colour, PAPER)));
}

/** Lays a wet wash over the sheet from height y1 down to y2, strong above and running out below. */
function wash(y1, y2, colour) {
  const [high, low] = [place(y1 ?? -256), place(y2 ?? 256)];
  const [top, tall] = [Math.min(high, low), Math.max(30, Math.abs(low - high))];
  const base = hue(colour, '#8fb0c4');
  for (const [from, to, opacity] of [[0, 1, 150], [0, 0.5, 120]]) {
    const upper = [];
    const lower = [];
    for (let at = 0; at <= 7; at++) {
      const x = -340 + (680 * at) / 7;
      upper.push([x, top + tall * from + shift(0.05) * tall]);
      lower.unshift([x, top + tall * to + shift(0.08) * tall]);
    }
    wet(0, 0, 0, [...upper, ...lower], shaded(base, 0.1, 6), opacity, 0.24, { grain: 0.55, edge: 0.3, round: 0.4 });
  }
}

/** One petal from its foot at (x, y), `size` long, turned by `angle`: 0 points up, 90 to the right. */
function petal(x, y, size, angle, colour) {
  const long = extent(size, 80);
  const [cx, cy, turn] = [place(x), place(y), number(angle, 0) + shift(3)];
  const base = hue(colour, '#d8566e');
  const wide = long * random(0.3, 0.37);
  const lean = shift(0.06) * long;
  const form = (share, foot) => [
    [0, -foot * long],
    [-wide * 0.55 * share, -long * 0.26],
    [-wide * random(0.92, 1.06) * share, -long * 0.58],
    [-wide * 0.62 * share + lean, -long * (0.72 + 0.2 * share)],
    [lean + shift(0.03) * long, -long * (0.7 + random(0.19, 0.26) * share)],
    [wide * 0.6 * share + lean, -long * (0.72 + 0.22 * share)],
    [wide * random(0.92, 1.06) * share, -long * 0.56],
    [wide * 0.5 * share, -long * 0.24],
  ];
  const outline = form(1, 0);
  lifted(cx, cy, turn, outline, base, 0.7);
  wet(cx, cy, turn, outline, shaded(base, 0.02), 205, 0.12, { grain: 0.5, edge: 0.68, round: 0.7 });
  wet(cx, cy, turn, form(0.6, 0.02), shaded(base, 0.16), 105, 0.24, { grain: 0.4, edge: 0.3, round: 0.7 });
  if (long < 28) return;
  const [sin, cos] = [Math.sin(radians(turn)), Math.cos(radians(turn))];
  const at = (px, py, force) => [cx + px * cos - py * sin, cy + px * sin + py * cos, force];
  for (const side of [-0.34, 0.02, 0.36]) {
    const out = (side + shift(0.06)) * wide;
    const tip = random(0.6, 0.82) * long;
    dry('cpencil', shaded(base, 0.36), bounded(long / 110, 0.5, 1.3), [
      at(out * 0.1, -0.08 * long, 1), at(out * 0.8, -0.5 * tip, 0.7), at(out + lean, -tip, 0.25)]);
  }
}

/** One leaf from its foot at (x, y), `size` long, turned by `angle`, with a dark side and a midrib. */
function leaf(x, y, size, angle, colour) {
  const long = extent(size, 70);
  const [cx, cy, turn] = [place(x), place(y), number(angle, 0) + shift(4)];
  const base = hue(colour, '#5d8a4c');
  const wide = long * random(0.17, 0.23);
  const bow = shift(0.13) * long;
  const whole = [
    [0, 0], [-wide * 0.8 + bow * 0.4, -long * 0.25], [-wide + bow, -long * 0.5], [-wide * 0.5 + bow, -long * 0.8],
    [0, -long], [wide * 0.55 + bow, -long * 0.78], [wide + bow, -long * 0.46], [wide * 0.75 + bow * 0.4, -long * 0.2],
  ];
  const dark = [[0, 0], [bow * 0.7, -long * 0.3], [bow, -long * 0.6], [0, -long],
    [wide * 0.5 + bow, -long * 0.76], [wide * 0.95 + bow, -long * 0.46], [wide * 0.7 + bow * 0.4, -long * 0.2]];
  wet(cx, cy, turn, whole, shaded(base, -0.05), 190, 0.09, { grain: 0.5, edge: 0.65, round: 0.5 });
  wet(cx, cy, turn, dark, shaded(base, 0.26), 120, 0.1, { grain: 0.45, edge: 0.4, round: 0.5 });
  if (long < 24) return;
  const [sin, cos] = [Math.sin(radians(turn)), Math.cos(radians(turn))];
  const at = (px, py, force) => [cx + px * cos - py * sin, cy + px * sin + py * cos, force];
  dry('cpencil', shaded(base, 0.45), bounded(long / 100, 0.5, 1.4), [
    at(0, 0, 1), at(bow * 0.75, -long * 0.35, 0.8), at(bow * 0.95, -long * 0.65, 0.5), at(0, -long * 0.95, 0.2)]);
}

/** A thin stem from (x1, y1) to (x2, y2), slightly bent, thicker at its start. */
function stem(x1, y1, x2, y2, colour) {
  const [ax, ay, bx, by] = [place(x1), place(y1), place(x2), place(y2)];
  const base = hue(colour, '#5f8049');
  const long = Math.hypot(bx - ax, by - ay);
  const line = bent(ax, ay, bx, by, random([-1, 1]) * random(0.03, 0.09), 8);
  const thick = bounded(long * 0.022, 2.2, 6.5);
  const form = ribbon(line, (share) => thick * (1.1 - 0.5 * share));
  wet(0, 0, 0, form, shaded(base, 0), 220, 0.03, { grain: 0.35, edge: 0.5, round: 0.3, scatter: false });
  dry('cpencil', shaded(base, 0.35), 0.8, line.map(([x, y], at) => [x + thick * 0.3, y, 0.9 - at * 0.08]));
}

/** A woody branch from (x1, y1) to (x2, y2), knotty and tapering, with a few twigs. */
function branch(x1, y1, x2, y2, colour) {
  const [ax, ay, bx, by] = [place(x1), place(y1), place(x2), place(y2)];
  const base = hue(colour, '#6b5344');
  const long = Math.hypot(bx - ax, by - ay);
  const thick = bounded(long * 0.05, 3.5, 15);
  const knots = 9;
  const line = bent(ax, ay, bx, by, shift(0.1), knots).map(([x, y], at) =>
    (at % (knots - 1) ? [x + shift(long * 0.018), y + shift(long * 0.018)] : [x, y]));
  const body = (share) => thick * (1.1 - 0.85 * share) * random(0.85, 1.15);
  wet(0, 0, 0, ribbon(line, body), shaded(base, 0), 215, 0.04, { grain: 0.6, edge: 0.6, round: 0.25, scatter: false });
  const under = line.map(([x, y]) => [x + thick * 0.14, y + thick * 0.16]);
  wet(0, 0, 0, ribbon(under, (share) => thick * 0.45 * (1.1 - 0.85 * share)), shaded(base, 0.4), 150, 0.05,
    { grain: 0.6, edge: 0.3, round: 0.25, scatter: false });
  const heading = Math.atan2(by - ay, bx - ax);
  [3, 5, 6].forEach((at, turn) => {
    const [x, y] = line[at];
    const aim = heading + radians((turn % 2 ? 1 : -1) * random(28, 55));
    const reach = long * random(0.1, 0.22);
    const [ex, ey] = [x + Math.cos(aim) * reach, y + Math.sin(aim) * reach];
    const twig = bent(x, y, ex, ey, shift(0.12), 5);
    wet(0, 0, 0, ribbon(twig, (share) => thick * 0.36 * (1.1 - share)), shaded(base, 0.1), 215, 0.03,
      { grain: 0.4, edge: 0.5, round: 0.3, scatter: false });
  });
}

/** A berry, bud or eye at (x, y), `size` across: a wet drop with a light side. */
function berry(x, y, size, colour) {
  const half = extent(size, 18) / 2;
  const [cx, cy] = [place(x), place(y)];
  const base = hue(colour, '#a8324a');
  const drop = blot(half, half * random(0.86, 1), 9, 0.09);
  lifted(cx, cy, 0, drop, base, 0.7);
  wet(cx, cy, 0, drop, shaded(base, 0.04), 225, 0.09,
    { grain: 0.45, edge: 0.7, round: 0.7 });
  const low = Array.from({ length: 9 }, (_, at) => {
    const angle = radians(-25 + (205 * Math.min(at, 6)) / 6);
    return at < 7 ? [Math.cos(angle) * half * 0.9, Math.sin(angle) * half * 0.9] : [half * (at === 7 ? -0.3 : 0.3), half * 0.25];
  });
  wet(cx, cy, shift(14), low, shaded(base, 0.34), 120, 0.14, { grain: 0.4, edge: 0.35, round: 0.6 });
}

/** Stamens or seeds: a loose cluster of small dabs about (x, y), `size` across. */
function dabs(x, y, size, colour) {
  const half = extent(size, 40) / 2;
  const [cx, cy] = [place(x), place(y)];
  const base = hue(colour, '#d9a023');
  const count = Math.round(bounded(6 + half / 9, 6, 14));
  for (let at = 0; at < count; at++) {
    const [angle, reach] = [radians(at * 137.5 + shift(18)), half * Math.sqrt((at + 0.4) / count)];
    const grain = bounded(half * random(0.22, 0.33), 1.8, 13);
    wet(cx + Math.cos(angle) * reach, cy + Math.sin(angle) * reach, random(360), blot(grain, grain * 0.7, 6, 0.2),
      shaded(base, random(0, 0.4), 12), 235, 0.07, { grain: 0.35, edge: 0.6 });
  }
}

/** A soft cloud about (x, y), `size` wide: wet mounds over a flat foot, in a colour of the sky's shade. */
function cloud(x, y, size, colour) {
  const wide = extent(size, 160);
  const [cx, cy] = [place(x), place(y)];
  const base = hue(colour, '#93a7b8');
  for (const [dx, dy, w, h, opacity] of [[0, 0, 0.5, 0.13, 110], [-0.14, -0.07, 0.27, 0.15, 90], [0.13, -0.1, 0.26, 0.17, 90]]) {
    wet(cx + (dx + shift(0.05)) * wide, cy + (dy + shift(0.02)) * wide, 0, blot(w * wide, h * wide, 12, 0.16),
      shaded(base, random(-0.12, 0.06), 5), opacity, 0.38, { grain: 0.5, edge: 0.22, round: 0.75 });
  }
}

/** A strip of ground, water or low hills across the sheet, 140 deep from height y; `steep` is its rise, 0 to 60. */
function ridge(y, steep, colour) {
  const high = place(y);
  const rise = bounded(Math.abs(number(steep, 30)), 0, 60);
  const base = hue(colour, '#6f8794');
  const from = random(1000);
  const line = Array.from({ length: 13 }, (_, at) => [-340 + (680 * at) / 12,
    high - rise * (noise(from + at * 0.45) - 0.35) * 1.5 + shift(rise * 0.05 + 2)]);
  wet(0, 0, 0, [...line, ...line.map(([px]) => [-px, high + 140 + shift(16)])], shaded(base, 0.12), 200, 0.12, { grain: 0.6, edge: 0.45, round: 0.55 });
  wet(shift(150), high + random(60, 90), 0, blot(200, 34, 11, 0.25), shaded(base, 0.25), 90, 0.3,
    { grain: 0.55, edge: 0.2, round: 0.7 });
}

/** One summit or rock with its foot at (x, y), `size` high (160 at most), dark on its right side, lost in mist below. */
function peak(x, y, size, colour) {
  const tall = Math.min(160, extent(size, 120));
  const [cx, cy] = [place(x), place(y)];
  const base = hue(colour, '#66788e');
  const [lean, left, right] = [shift(0.14), random(0.7, 0.95), random(0.7, 0.95)];
  const rough = () => shift(0.07);
  const points = (list) => list.map(([px, py]) => [(px + rough()) * tall, (py + rough()) * tall]);
  const whole = points([[-left, 0.06], [-left * 0.66, -0.26], [-left * 0.4, -0.5], [-left * 0.2, -0.7], [lean, -1],
    [right * 0.26, -0.68], [right * 0.45, -0.46], [right * 0.7, -0.2], [right, 0.04], [0.2, 0.1], [-0.3, 0.07]]);
  wet(cx, cy, 0, whole, shaded(base, 0.12), 225, 0.1, { grain: 0.6, edge: 0.5, round: 0.12 });
  const dark = points([[lean, -0.98], [right * 0.26, -0.68], [right * 0.45, -0.46], [right * 0.68, -0.2], [right * 0.3, -0.12],
    [0.12, -0.34], [0.16, -0.5], [lean + 0.02, -0.7]]);
  wet(cx, cy, 0, dark, shaded(base, 0.32), 135, 0.12, { grain: 0.55, edge: 0.3, round: 0.15 });
}

/** Water: a few broken horizontal strokes about (x, y), `size` wide, such as ripples or a reflection. */
function ripples(x, y, size, colour) {
  const wide = extent(size, 160);
  const [cx, cy] = [place(x), place(y)];
  const base = hue(colour, '#5d88a0');
  const rows = Math.round(bounded(3 + wide / 60, 3, 7));
  for (let at = 0; at < rows; at++) {
    const reach = (wide / 2) * random(0.4, 1) * (1 - (0.4 * at) / rows);
    const middle = cx + shift(wide * 0.14);
    const level = cy + (at - rows / 2) * bounded(wide * 0.07, 5, 22) + shift(2);
    const line = Array.from({ length: 7 }, (_, step) => [middle - reach + (reach * step) / 3, level + shift(wide * 0.008 + 0.6)]);
    const thick = bounded(wide * 0.026, 2, 9) * random(0.7, 1.3);
    wet(0, 0, 0, ribbon(line, (share) => thick * (0.15 + Math.sin(Math.PI * share))), shaded(base, random(-0.1, 0.25)),
      random(130, 200), 0.08, { grain: 0.55, edge: 0.55, round: 0.5, scatter: false });
  }
}

/** A spray of small drops of paint about (x, y), `size` across, as from a tapped brush. */
function splatter(x, y, size, colour) {
  const half = extent(size, 120) / 2;
  const [cx, cy] = [place(x), place(y)];
  const base = hue(colour, '#7d8f9c');
  const count = Math.round(bounded(7 + half / 12, 7, 15));
  for (let at = 0; at < count; at++) {
    const [angle, reach] = [random(360), half * Math.sqrt(random())];
    const drop = bounded(half * 0.02 + random() ** 3 * half * 0.09, 0.9, 8);
    wet(cx + Math.cos(radians(angle)) * reach, cy + Math.sin(radians(angle)) * reach, angle,
      blot(drop * random(1, 1.6), drop, 6, 0.25), shaded(base, random(-0.2, 0.2), 10), random(90, 190), 0.1,
      { grain: 0.4, edge: 0.65 });
  }
}

/** One stroke of a broad flat brush from (x1, y1) to (x2, y2), `width` wide: a body, a wall, a trunk, a wing. */
function band(x1, y1, x2, y2, width, colour) {
  const [ax, ay, bx, by] = [place(x1), place(y1), place(x2), place(y2)];
  const wide = bounded(Math.abs(number(width, 30)), 3, 240);
  const base = hue(colour, '#7c8790');
  const line = bent(ax, ay, bx, by, shift(0.02), 7);
  const body = ribbon(line, () => wide * random(0.93, 1.07));
  lifted(0, 0, 0, body, base, 0.15);
  wet(0, 0, 0, body, shaded(base, 0.06), 220, 0.08, { grain: 0.55, edge: 0.66, round: 0.15 });
  const side = bent(ax, ay, bx, by, 0, 5).map(([x, y]) => {
    const long = Math.hypot(bx - ax, by - ay) || 1;
    return [x - ((by - ay) / long) * wide * 0.24, y + ((bx - ax) / long) * wide * 0.24];
  });
  wet(0, 0, 0, ribbon(side, () => wide * 0.4 * random(0.8, 1.1)), shaded(base, 0.24), 100, 0.16,
    { grain: 0.5, edge: 0.3, round: 0.3 });
}
