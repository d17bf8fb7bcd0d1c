// Mountains as an etcher would: ridges as lines, and each flank hatched by which way it faces.
// subject: mountains
// prompt: mountains in hatched pencil, {palette}, {composition}
const palette = "cold blue"; // one of: cold blue, evening rose, brown ink
const composition = "three peaks with snow"; // one of: three peaks with snow, ridges drawn as stacked lines, a volcano behind a lake
const gap = 4.5; // 3.5 to 6.0
const rough = 0.5; // 0.2 to 1.0
const slant = 58; // 48 to 66
const seed = 2; // seed

const INKS = {
  "cold blue": { sheet: "#f2f4f2", tint: "#bcd3e2", line: "#1d3a5c", far: "#7d9fbd", sun: "#f0c66e", foot: "#4f7a6a" },
  "evening rose": { sheet: "#f9eee4", tint: "#f0c2ae", line: "#5a2748", far: "#b9829c", sun: "#e8663c", foot: "#7a5a78" },
  "brown ink": { sheet: "#f5ecd8", tint: "#e2cda2", line: "#43301d", far: "#a88e68", sun: "#b5452c", foot: "#7b7440" },
};
const ink = INKS[palette];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(ink.sheet);
  first(ink.sheet);
  const scenes = { "three peaks with snow": peaks, "ridges drawn as stacked lines": stacked, "a volcano behind a lake": volcano };
  scenes[composition]();
}

function draw() {
  noLoop();
}

// p5.brush loses what it filled just before its first stroke: so that comes here, in the colour of the sheet.
function first(colour) {
  push();
  brush.set("pen", colour, 0.3);
  brush.line(-255, -255, -253, -255);
  pop();
}

function peaks() {
  sky(-250, -120);
  const far = [[-170, -80, 150, 190], [190, -100, 160, 210]];
  for (const [x, y, half, high] of far) peak(x + random(-20, 20), y, half, high, ink.far, 1);
  peak(random(-30, 30), -176 + random(-14, 14), 210, 330, ink.line, 1.3);
  peak(-200, 20, 130, 170, ink.line, 1);
  peak(214, 40, 120, 150, ink.line, 1);
  pines(150, 62);
}

// A peak of two flanks that meet in a jagged spine; the left one lies in the light.
function peak(x, y, half, high, colour, weight) {
  const n = 9;
  const zig = (k) => rough * random(-1, 1) * high * 0.05 * (k ? 1 : 0);
  const spine = Array.from({ length: n }, (_, k) => [x + (k % 2 ? 1 : -1) * rough * k * 3 + k * half * 0.035, y + (k / (n - 1)) * high]);
  const left = Array.from({ length: n }, (_, k) => [x - half * pow(k / (n - 1), 0.9) + zig(k), y + (k / (n - 1)) * high]);
  const right = Array.from({ length: n }, (_, k) => [x + half * pow(k / (n - 1), 0.9) + zig(k), y + (k / (n - 1)) * high]);
  tone([...left, ...right.toReversed()], ink.sheet, 255);
  tone([...spine, ...right.toReversed()], ink.tint, 235);
  const snow = 3 + floor(random(0, 2));
  const jag = [right[snow], [lerp(right[snow][0], spine[snow][0], 0.35), spine[snow - 1][1] + 4], [lerp(right[snow][0], spine[snow][0], 0.7), spine[snow][1] + 16], spine[snow]];
  tone([...spine.slice(0, snow + 1), ...jag.toReversed(), ...right.slice(0, snow).toReversed()], ink.sheet, 150);
  shade([...spine, ...right.toReversed()], colour, gap, -slant, weight);
  shade([...spine.slice(snow), ...right.slice(snow).toReversed()], colour, gap * 1.2, slant, weight * 0.9);
  for (let k = snow; k < n - 1; k++) {
    for (let m = 0; m < 3; m++) {
      const [sx, sy] = [lerp(left[k][0], spine[k][0], random(0.15, 0.9)), left[k][1] + random(20)];
      pencil([[sx, sy], [sx - 8, sy + 14], [sx - 20, sy + random(24, 40)]], colour, weight * 0.8);
    }
  }
  for (const edge of [left, right, spine]) pencil(edge, colour, weight * 1.6, 0.1);
}

function stacked() {
  sun(random(-90, 90), -150, 44);
  for (let row = 0; row < 26; row++) {
    const base = -70 + row * 13;
    const rise = row < 16 ? 105 - row * 4 : 40;
    const edge = [];
    for (let x = -262; x <= 262; x += 8) {
      const broad = pow(noise(x * 0.013 + row * 0.2, row * 0.22), 2) * 3;
      edge.push([x, base - rise * broad + rough * 10 * (noise(x * 0.06, row) - 0.5)]);
    }
    tone([...edge, [262, 262], [-262, 262]], "" + lerpColor(color(ink.tint), color(ink.sheet), row / 26), 255);
    pencil(edge, "" + lerpColor(color(ink.far), color(ink.line), row / 25), 1 + row * 0.03, 0.2);
    if (row % 3 === 0) {
      for (let k = 3; k < edge.length - 1; k++) {
        if (edge[k][1] > edge[k - 1][1] + 1) pencil([edge[k], [edge[k][0] + 4, edge[k][1] + 10], [edge[k][0] + 12, edge[k][1] + 18]], ink.line, 0.8);
      }
    }
  }
}

function volcano() {
  sun(random([-150, 150]), -150, 36);
  sky(-250, -60);
  const [x, top, low] = [random(-20, 20), -150, 90];
  const side = (s) => [0, 0.15, 0.3, 0.5, 0.7, 0.85, 1].map((t) => [x + s * (26 + 220 * pow(t, 1.5)), top + (low - top) * t]);
  const rim = [[x - 14, top + 6], [x, top - 2], [x + 12, top + 7]];
  const whole = [...side(-1).toReversed(), ...rim, ...side(1)];
  tone(whole, ink.tint, 255);
  const drip = [[110, 30], [80, 46], [58, 20], [34, 62], [10, 26], [-14, 66], [-36, 24], [-58, 44]].map(([u, v]) => [x + u * 0.72, top + 40 + v * (0.7 + rough * 0.5)]);
  tone([...side(-1).slice(0, 3).toReversed(), ...rim, ...side(1).slice(0, 3), ...drip], ink.sheet, 255);
  shade([[x + 4, top + 2], ...side(1), [x + 70, low]], ink.line, gap, slant + 4, 1.2);
  shade([[x + 30, top + 90], ...side(1).slice(3), [x - 30, low]], ink.line, gap, slant - 22, 1);
  pencil(side(-1), ink.line, 1.8, 0.3);
  pencil(side(1), ink.line, 1.8, 0.3);
  pencil([[x - 26, top], ...rim, [x + 26, top]], ink.line, 1.6);
  pencil([...drip].toReversed(), ink.far, 1.2, 0.1);
  const shore = [[-262, 84], [-120, 80], [60, 86], [262, 78], [262, 108], [-262, 108]];
  tone(shore, ink.foot, 255);
  shade(shore, ink.line, 4, 90, 1);
  tone([[-262, 108], [262, 108], [262, 262], [-262, 262]], ink.tint, 190);
  for (let y = 112; y < 256; y += 5) {
    const mirror = 230 * pow(1 - (y - 108) / 150, 1.2);
    pencil([[x - mirror, y], [x, y + random(-1, 1)], [x + mirror, y]], ink.line, 1);
    if (random() < 0.6) pencil([[-256, y], [-200, y + 1], [random(-180, -60), y]], ink.far, 0.8);
    if (random() < 0.6) pencil([[256, y], [200, y + 1], [random(60, 180), y]], ink.far, 0.8);
  }
}

function sun(x, y, r) {
  push();
  brush.noStroke();
  brush.wash(ink.sun, 255);
  brush.circle(x, y, r);
  pop();
}

function sky(top, bottom) {
  for (let y = top; y < bottom; y += 9) {
    const from = random(-256, 120);
    pencil([[from, y], [from + 60, y + random(-2, 2)], [from + random(100, 260), y]], ink.far, 0.8);
  }
}

function pines(y, count) {
  tone([[-262, y], [-100, y - 8], [80, y + 6], [262, y - 4], [262, 262], [-262, 262]], ink.foot, 255);
  for (let i = 0; i < count; i++) {
    const [x, foot, high] = [random(-256, 256), y + random(0, 90), random(26, 50)];
    for (let t = 0; t < 1; t += 0.14) {
      const half = 3 + 9 * t;
      pencil([[x - half, foot - high * (1 - t) + 4], [x, foot - high * (1 - t) - 3], [x + half, foot - high * (1 - t) + 4]], ink.line, 1.8);
    }
  }
}

function shade(points, colour, dist, angle, weight) {
  push();
  brush.noStroke();
  brush.hatchStyle("2B", colour, weight);
  brush.hatch(dist, angle, { rand: 0.08 });
  brush.polygon(points);
  pop();
}

function tone(points, colour, opacity) {
  push();
  brush.noStroke();
  brush.wash(colour, opacity);
  brush.polygon(points);
  pop();
}

function pencil(points, colour, weight, curve = 0.5) {
  push();
  brush.set("2B", colour, weight);
  brush.spline(points.map(([x, y]) => [x, y, 1]), curve);
  pop();
}
