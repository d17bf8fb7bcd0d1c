// Jellyfish: lifted out of a wet dark sea, glazed so thinly that the water shows through.
const palette = "coral";
const composition = "two crossing";
const layers = 3;
const bleed = 0.10;
const wetness = 0.50;
const pulse = 0.50;
const seed = 31065;

const INKS = {
  // paper, shallow water, water, depths, bell, its heart, its lines
  coral: ["#fdf4ec", "#a4d0d4", "#1c6c84", "#082c4c", "#f8b498", "#e84c3c", "#a02440"],
};
const [PAPER, SHALLOW, WATER, DEPTH, BELL, HEART, LINE] = INKS[palette];

const PICTURES = {
  "two crossing": crossing,
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  PICTURES[composition]();
}

function crossing() {
  const side = random([-1, 1]);
  const size = random([0.75, 1]);
  sea(random([-60, 60, 180]), 0.85);
  for (const [x, y] of [[-80, -70], [100, -10]]) glow(side * x, y, 110 * size);
  jelly(side * 124, random(-40, 20), 74 * size, side * random(44, 66), 300, 12, 0.2);
  jelly(side * -90, random(-110, -60), 96 * size, side * random(-40, -24), 330, 14, 0.14);
  motes(24);
}

const blend = (a, b, t) => "" + lerpColor(color(a), color(b), t);

// Fills an outline; `spread` is how far the paint runs, `rim` how dark its edge dries, `pool` where it gathers.
function form(points, colour, opacity, spread = bleed, rim = 0.3, curve = 0.5, grain = 0.1 + 0.4 * wetness, pool = 90) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", pool);
  brush.fillTexture(grain, rim, grain > 0.3);
  brush.beginShape(curve);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function lift(points, opacity = 255) {
  for (const pass of [1, 2]) form(points, PAPER, opacity, 0.03, 0.1, 0.5, 0);
}

function blob(x, y, rx, ry, wobble) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += 18) {
    const r = 1 + wobble * (noise(from + 1.6 * cos(a), from + 1.6 * sin(a)) - 0.5);
    points.push([x + rx * r * cos(a), y + ry * r * sin(a)]);
  }
  return points;
}

// Wet water over the whole sheet, deepest towards `from` (0 is below us); `dark` is how much of the depths goes into it.
function sea(from, dark, light = 250) {
  const sheet = [[-300, -300], [0, -310], [300, -300], [310, 0], [300, 300], [0, 310], [-300, 300], [-310, 0]];
  form(sheet, SHALLOW, 230, 0.1, 0);
  form(sheet, blend(SHALLOW, WATER, dark), light, 0.2, 0);
  for (let i = 0; i < layers; i++) current(from + random(-20, 20), lerp(-150, 130, i / layers) + random(-30, 30), blend(WATER, DEPTH, 0.3 + 0.7 * (i / layers)), 130 + 120 * dark);
  for (const turn of [120, -120]) current(from + turn + random(-20, 20), random(120, 220), blend(WATER, DEPTH, dark), 90 + 130 * dark);
}

// A coat that covers all beyond a torn edge, `off` from the middle of the sheet.
function current(from, off, colour, opacity) {
  const torn = random(100);
  const points = [[400, 420], [-400, 420]];
  for (let x = -400; x <= 400; x += 22) points.push([x, off + 150 * (noise(torn + x / 130) - 0.5) + 30 * (noise(torn + x / 24) - 0.5)]);
  push();
  rotate(from);
  form(points, colour, opacity, 0.12 + 0.35 * wetness, 0, 0.4);
  pop();
}

// Light that has spread in the wet water round a bell.
function glow(x, y, r) {
  for (const k of [1.3, 1, 0.7]) form(blob(x, y, r * k, r * k * 0.9, 1.2), SHALLOW, 75, 0.5, 0, 0.5, 0.6);
}

function motes(count) {
  for (let i = 0; i < count; i++) {
    const r = random(0.7, 2.4);
    form(blob(random(-256, 256), random(-256, 256), r, r, 0.5), PAPER, 250, 0.05, 0, 0.6, 0);
  }
}

// A jellyfish: r is half as wide as its bell, `reach` how far it trails, `open` how much of it we see from below, `frill` how wide its arms are.
function jelly(x, y, r, tilt, reach, tentacles, open, frill = 1) {
  const rx = r * lerp(1.12, 0.86, pulse);
  const ry = r * lerp(0.72, 1.12, pulse);
  const flow = random(360);
  push();
  translate(x, y);
  rotate(tilt);
  const threads = (count, edge) => {
    for (let i = 0; i < count; i++) {
      const u = lerp(-0.96, 0.96, (i + random(0.2, 0.8)) / count);
      tentacle(rx * u, edge * rx * open * sqrt(1 - u * u), reach * random(0.5, 1), max(0.8, r * 0.018), flow + random(-30, 30));
    }
  };
  threads(round(tentacles * 0.6), -1);
  bell(rx, ry, open);
  const arms = r > 40 ? 5 : 3;
  for (let i = 0; i < arms; i++) arm(rx * lerp(-0.3, 0.3, ((i * 2) % arms) / (arms - 1)), reach * random(0.42, 0.8), r * frill, flow);
  threads(round(tentacles * 0.4), 1);
  pop();
}

// The outline of a bell: a dome whose near edge hangs in lobes.
function dome(rx, ry, hang) {
  const points = [];
  for (let a = 180; a < 360; a += 12) points.push([rx * cos(a) * (1 - 0.1 * pow(sin(a), 2)), ry * sin(a)]);
  return [...points, ...hem(rx, hang)];
}

// The near edge of a bell, from right to left.
function hem(rx, hang) {
  const points = [];
  for (let a = 0; a <= 180; a += 7.5) points.push([rx * cos(a), hang * sin(a) + rx * 0.04 * abs(sin(a * 6))]);
  return points;
}

function bell(rx, ry, open) {
  const big = rx > 36;
  const whole = dome(rx, ry, rx * open);
  lift(whole, 215);
  form(whole, BELL, 150, bleed * 0.5, 0.7);
  for (let i = 0; i < (big ? layers : min(layers, 2)); i++) {
    const k = 0.94 - 0.16 * i;
    form(dome(rx * k, ry * k, rx * open * 0.6).map(([x, y]) => [x + rx * 0.05 * i, y]), blend(BELL, HEART, 0.25 + 0.12 * i), 120, bleed + 0.15 * wetness, 0.1, 0.5, 0.5 * wetness, 270);
  }
  if (big) for (const [u, v, k] of [[-0.34, 0.46, 1], [-0.02, 0.36, 1.1], [0.32, 0.46, 1], [0.02, 0.62, 0.8]]) heart(rx * u, -ry * v, rx * 0.15 * k);
  else form(blob(0, -ry * 0.4, rx * 0.36, ry * 0.22, 0.9), HEART, 190, bleed, 0.2);
  if (big) for (let i = -4; i <= 4; i++) rib(rx, ry, i / 4.5, open);
  form([...hem(rx * 0.97, rx * open), ...hem(rx * 0.97, -rx * open * 0.7).reverse()], blend(LINE, HEART, 0.3), 170, bleed * 0.7, 0.5, 0.5, 0.3 * wetness, 270);
  form([...hem(rx, rx * (open + 0.02)), ...hem(rx * 0.98, rx * (open - 0.06)).reverse()], PAPER, 235, 0.03, 0.2, 0.4, 0);
  form([...hem(rx, rx * (open + 0.02)), ...hem(rx * 0.98, rx * (open - 0.04)).reverse()], blend(BELL, HEART, 0.6), 170, bleed * 0.5, 0.5, 0.4);
  form([[-rx * 0.78, -ry * 0.3], [-rx * 0.7, -ry * 0.56], [-rx * 0.46, -ry * 0.82], [-rx * 0.56, -ry * 0.6], [-rx * 0.66, -ry * 0.48], [-rx * 0.72, -ry * 0.28]], PAPER, 255, 0.08, 0, 0.6, 0);
}

// One of the horseshoes that shine through the bell.
function heart(x, y, r) {
  form(blob(x, y, r, r * 0.72, 0.6), HEART, 170, bleed + 0.06, 0.5);
  form(blob(x, y + r * 0.2, r * 0.55, r * 0.36, 0.5), PAPER, 190, 0.1, 0, 0.5, 0);
  form(blob(x, y, r * 1.02, r * 0.75, 0.6), HEART, 110, bleed + 0.1, 0.6);
}

// A fold that runs from the crown of the bell to its edge.
function rib(rx, ry, u, open) {
  const at = (t, k) => [rx * (u * sin(90 * t) + k * (0.004 + 0.008 * t)), -ry * 0.97 * cos(90 * t) * sqrt(1 - 0.3 * u * u) + rx * open * 0.9 * t * sqrt(1 - u * u)];
  const ts = [0.22, 0.4, 0.6, 0.8, 0.96];
  form([...ts.map((t) => at(t, -1)), ...ts.reverse().map((t) => at(t, 1))], LINE, 140, bleed * 0.3, 0.2, 0.5, 0);
}

// A thread that swings down from the edge of the bell, pale over the dark water.
function tentacle(x, y, long, wide, flow) {
  const swing = 0.09 * long;
  const mid = (t) => x * (1 - 0.35 * t) + swing * (sin(flow + 330 * t) - sin(flow)) * (0.3 + t);
  const line = (k) => {
    const points = [];
    for (let t = 0; t <= 1; t += 0.0625) points.push([mid(t) + k * wide * (1.1 - t), y + long * t]);
    return points;
  };
  const outline = [...line(-1), ...line(1).reverse()];
  if (wide > 0.8) form(outline, PAPER, 255, 0.03, 0.1, 0.5, 0);
  form(outline, random([BELL, BELL, HEART]), 220, bleed * 0.3, 0.4, 0.5, 0);
}

// A frilled ribbon: a pale lift, a coat of the bell's colour, and darker ones along its fold.
function arm(x, long, r, flow) {
  const [swing, from] = [random(0.06, 0.12) * long, random(100)];
  const mid = (t) => x * (1 + 0.8 * t * (1 - t)) + swing * (sin(flow + 300 * t) - sin(flow)) * (0.3 + t);
  const frill = (t, side) => {
    const taper = (0.35 + sin(180 * pow(t, 0.45))) * (1 - t);
    return side * r * 0.2 * taper * (0.3 + 1.1 * noise(from + side * 9 + t * 6)) + side * r * 0.09 * (1 - t) * noise(from + t * 20) * sin(from + t * 2300 + 200 * noise(from + side + t * 5));
  };
  const ribbon = (left, right) => {
    const edge = (side, k) => {
      const points = [];
      for (let t = 0; t <= 1; t += r > 40 ? 0.02 : 0.05) points.push([mid(t) + frill(t, side) * k, r * 0.04 + long * t]);
      return points;
    };
    return [...edge(-1, left), ...edge(1, right).reverse()];
  };
  lift(ribbon(1, 1), 220);
  form(ribbon(1, 1), BELL, 190, bleed * 0.5, 0.7, 0.4);
  for (let i = 0; i < (r > 40 ? layers : min(layers, 2)); i++) form(ribbon(random(-0.3, 0.8), random(-0.3, 0.4)), i % 2 ? LINE : HEART, 120, bleed * 0.8, 0.4, 0.4);
}
