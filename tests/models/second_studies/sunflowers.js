// Sunflowers of nothing but short strokes: rays of marker, seeds laid in a golden spiral, a sky of dashes.
// subject: sunflowers
// prompt: sunflowers in short strokes against {palette}, {composition}
const palette = "a blue sky"; // one of: a blue sky, a green wall, warm paper
const composition = "one head that fills the sheet"; // one of: one head that fills the sheet, three in a round vase, a row taller than the fence
const ray = 0.5; // 0.0 to 1.0
const weight = 1.2; // 0.9 to 1.5
const droop = 0; // -10 to 10
const seed = 11; // seed

const GROUNDS = {
  "a blue sky": { paper: "#cfe2ee", dash: ["#6fa3cf", "#8fc0de", "#4a83bd", "#b6d7ea"], low: ["#7a9a3a", "#a5b54a", "#557a34"] },
  "a green wall": { paper: "#d3dfb9", dash: ["#a9c48c", "#8fb59a", "#c4d39a", "#7ba283"], low: ["#c79a4e", "#b07f3c", "#d9b96e"] },
  "warm paper": { paper: "#f6e3bd", dash: ["#f2d193", "#ecc07a", "#f7e3b0", "#e3b066"], low: ["#7f8f58", "#9aa56a", "#5f7a4a"] },
};
const ground = GROUNDS[palette];
const RAYS = ray < 0.5 ? ["#f7c81e", "#f0a512", "#fbe06a", "#e58a0c"] : ["#f2b01e", "#e07d12", "#f9d24e", "#c95f0e"];
const SEEDS = ["#4a2a14", "#2c170c", "#6e3f18", "#8a5a20"];
const GREENS = ["#4f8a3a", "#2f6a34", "#86ad4a"];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(ground.paper);
  first(ground.paper);
  const scenes = { "one head that fills the sheet": portrait, "three in a round vase": vase, "a row taller than the fence": row };
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

function portrait() {
  dashes(-256, 256, ground.dash, 420);
  stalk([20, 280], [40, 180], [6, 40], 12);
  foliage(40, 210, 130, -30);
  foliage(10, 220, 140, 200);
  head(random(-14, 14), -24, 150 + 20 * ray, 1);
}

function vase() {
  dashes(-256, 140, ground.dash, 330);
  dashes(140, 256, ground.low, 150);
  const heads = [[-110, -60, 74], [104, -76, 80], [2, -134, 84]];
  for (const [x, y] of heads) stalk([x * 0.1, 110], [x * 0.5, 30], [x, y], 6);
  for (const [x, turn] of [[-20, 205], [20, -25], [-10, 160], [12, 10]]) foliage(x, 66, random(80, 100), turn);
  heads.forEach(([x, y, r]) => head(x + droop, y + random(-10, 10), r, 0.6));
  const pot = [];
  for (let y = 76; y <= 226; y += 5) pot.push([y, 34 + 52 * pow(max(0, sin(lerp(10, 150, (y - 76) / 150))), 0.9)]);
  for (const [y, half] of pot) {
    for (let x = -half; x < half - 4; x += 13) {
      const shade = (x + half) / (2 * half);
      dab(x, y, x + 13, y + 2 * shade, y < 140 ? random(["#e9dcc0", "#d9c9a4"]) : random(shade > 0.6 ? ["#8a5a3a", "#6e452c"] : ["#c07f4c", "#b06f40"]), 3.6);
    }
  }
}

function row() {
  dashes(-256, 200, ground.dash, 420);
  dashes(150, 256, ground.low, 220);
  const stems = [[-180, -70, 56], [-62, -130, 66], [58, -60, 58], [172, -120, 64]].map(([x, y, r]) => [x + random(-14, 14), y + random(-20, 20), r]);
  for (const [x, y] of stems) {
    stalk([x + random(-8, 8), 262], [x - droop, 120], [x, y], 6);
    foliage(x, random(20, 60), 74, random(-40, -10));
    foliage(x, random(70, 110), 74, random(190, 220));
  }
  for (const [x, y, r] of stems) head(x, y, r, 0.55);
  for (let x = -250; x < 256; x += 34) {
    for (let k = 0; k < 6; k++) dab(x + k * 4, random(150, 158), x + k * 4 + random(-1, 1), 262, random(["#f3eee2", "#dcd6c8", "#e8e2d2"]), 1.6);
  }
  for (const y of [176, 226]) for (let x = -256; x < 250; x += 26) dab(x, y, x + 30, y + random(-2, 2), "#cfc6b2", 3);
}

function head(x, y, r, fine) {
  const dark = r * 0.46;
  for (const [reach, count, tones] of [[1, 30, [3, 1]], [0.94, 28, [1, 0]], [0.84, 26, [0, 2]]]) {
    for (let i = 0; i < count; i++) {
      const a = (i * 360) / count + random(-7, 7) + reach * 90;
      const end = r * reach * random(0.9, 1.08);
      for (let k = -2; k <= 2; k++) {
        const [sx, sy] = [x + dark * 0.8 * cos(a + k * 3), y + dark * 0.8 * sin(a + k * 3)];
        const bulge = a + k * (8 - r * 0.012);
        const mid = lerp(dark, end, 0.5);
        mark([[sx, sy, 0.8], [x + mid * cos(bulge), y + mid * sin(bulge), 1.2], [x + end * cos(a + k), y + end * sin(a + k), 0.3]], RAYS[random(tones)], (1.1 + r / 70) * weight);
      }
    }
  }
  for (let d = dark * 0.92; d > 4; d -= 6) {
    mark(Array.from({ length: 14 }, (_, i) => [x + d * cos(i * 30), y + d * sin(i * 30), 1]), SEEDS[d > dark * 0.6 ? 0 : 1], 4);
  }
  dab(x - 5, y, x + 5, y, SEEDS[1], 7);
  const step = dark / sqrt(150 + 200 * fine);
  for (let n = 150 + 200 * fine; n > 0; n--) {
    const [d, a] = [step * sqrt(n), n * 137.508];
    const tone = d > dark * 0.8 ? random([2, 3]) : d > dark * 0.4 ? random([0, 1]) : random([2, 0, 3]);
    dab(x + d * cos(a), y + d * sin(a), x + (d + step) * cos(a), y + (d + step) * sin(a), SEEDS[tone], 1 + step / 5);
  }
}

function stalk(from, bend, to, half) {
  for (let k = -half; k <= half; k += 2.4) mark([from, bend, to].map(([x, y]) => [x + k, y, 1]), GREENS[k > 0 ? 1 : random([0, 2])], 1.8);
}

// A heart of strokes about a midrib.
function foliage(x, y, size, turn) {
  const at = (u, v) => [x + size * (u * cos(turn) - v * sin(turn)), y + size * (u * sin(turn) + v * cos(turn)), 1];
  for (let u = 0.1; u < 0.98; u += 0.045) {
    const wide = 0.42 * pow(sin(180 * pow(u, 0.6)), 0.8);
    for (const side of [-1, 1]) mark([at(u - 0.1, 0), at(u, side * wide * 0.6), at(u + 0.08, side * wide)], GREENS[side > 0 ? random([0, 1]) : random([0, 2])], 1.8 * weight);
  }
  mark([at(0, 0), at(0.5, 0.02), at(1, 0)], GREENS[2], 1.4);
}

function dashes(top, bottom, colours, count) {
  for (let i = 0; i < count; i++) {
    const [x, y] = [random(-256, 256), random(top, bottom)];
    const a = 40 * (noise(x * 0.006 + 9, y * 0.006 + 9) - 0.5) * 4;
    const reach = random(14, 30);
    dab(x - reach * cos(a), y - reach * sin(a), x + reach * cos(a), y + reach * sin(a), random(colours), random(1.4, 2.6));
  }
}

// One stroke of opaque colour along points [x, y, pressure].
function mark(points, colour, half) {
  const edge = (side) => points.map(([x, y, force = 1], i) => {
    const [[px, py], [nx, ny]] = [points[max(0, i - 1)], points[min(points.length - 1, i + 1)]];
    const a = atan2(ny - py, nx - px) + side * 90;
    return [x + half * force * cos(a), y + half * force * sin(a)];
  });
  push();
  brush.noStroke();
  brush.wash(colour, 245);
  brush.beginShape(0.3);
  for (const [x, y] of [...edge(1), ...edge(-1).toReversed()]) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function dab(ax, ay, bx, by, colour, wide) {
  mark([[ax, ay, 0.6], [(ax + bx) / 2, (ay + by) / 2, 1], [bx, by, 0.5]], colour, wide);
}
