// Butterflies as on a plate of a natural history: mirrored wings, pen veins, hatched margins, nothing wet.
// subject: butterfly
// prompt: a {palette} butterfly as on an engraved plate, {composition}
const palette = "orange"; // one of: orange, blue, green
const composition = "pinned open"; // one of: pinned open, wings closed on a grass stem, nine specimens in rows
const tips = 0.5; // 0.0 to 1.0
const tails = 0.5; // 0.0 to 1.0
const gap = 3.4; // 2.6 to 4.6
const seed = 10; // seed

const KINDS = {
  orange: { sheet: "#f3ead4", wing: "#e8842c", base: "#f4b95a", edge: "#2c1d16", spot: "#fbf1d8", eye: "#5a7fb0" },
  blue: { sheet: "#efeee6", wing: "#4f86c6", base: "#a3c8e6", edge: "#1c2440", spot: "#f4f4ec", eye: "#e0982c" },
  green: { sheet: "#f1ecdf", wing: "#7fa84a", base: "#cfd98a", edge: "#2a3320", spot: "#f8f0c8", eye: "#b8473a" },
};
const kind = KINDS[palette];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(kind.sheet);
  first(kind.sheet);
  const scenes = { "pinned open": pinned, "wings closed on a grass stem": closed, "nine specimens in rows": rows };
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

// The right wings about (0, 0); `tips` and `tails` shape them.
const upper = () => [[3, -14], [22, -52], [58, -92], [100, -112 - 14 * tips], [126, -104 - 20 * tips], [124, -78], [106, -44], [84, -14], [50, 4], [4, 6]];
const lower = () => [[4, 0], [44, 2], [82, 6], [100, 30], [96, 62], [76, 88], [62 + 8 * tails, 94 + 46 * tails], [48, 94], [28, 78], [12, 44]];

function pinned() {
  pen([[-236, -236], [0, -237], [236, -236], [236, 236], [0, 237], [-236, 236], [-236, -236]], kind.edge, 0.8, 0);
  specimen(random(-8, 8), random(-16, 16), 1.72);
}

function rows() {
  for (const y of [-164, 0, 164]) {
    for (const x of [-164, 0, 164]) {
      pen([[x - 76, y - 76], [x + 76, y - 76], [x + 76, y + 76], [x - 76, y + 76], [x - 76, y - 76]], kind.edge, 0.6, 0);
      specimen(x, y, random(0.5, 0.6), random(["wing", "wing", "base", "eye", "edge"]));
    }
  }
}

function specimen(x, y, size, ground = "wing") {
  const main = kind[ground];
  for (const flip of [-1, 1]) {
    const place = (points, k = 1) => points.map(([u, v]) => [x + flip * size * u * k, y + size * v * k]);
    for (const [outline, root, hub, eye] of [[lower(), [8, 14], [52, 38], [62, 56]], [upper(), [6, -6], [70, -56], [92, -78]]]) {
      wing(outline, root, hub, eye, place, size, main, flip);
    }
  }
  body(x, y, size);
}

function wing(outline, root, hub, [eu, ev], place, size, main, flip) {
  flat(place(outline), kind.edge, 0.35);
  const inner = (k) => outline.map(([u, v]) => [hub[0] + (u - hub[0]) * k, hub[1] + (v - hub[1]) * k]);
  flat(place(inner(0.82)), main, 0.35);
  flat(place(inner(0.82).map(([u, v]) => [lerp(root[0], u, 0.55), lerp(root[1], v, 0.55)])), main === kind.base ? kind.spot : kind.base, 0.35);
  hatched(place(inner(0.84)), kind.edge, gap * (size > 1 ? 1 : 1.5), flip * (root[1] < 0 ? -42 : 40), 0.35 + size * 0.2);
  const rim = outline.slice(2, -2);
  rim.forEach(([u, v], i) => {
    pen(place([root, [lerp(root[0], u, 0.55), lerp(root[1], v, 0.55) - 3], [u, v]]), kind.edge, 0.5 + size * 0.5);
    const [nu, nv] = rim[min(i + 1, rim.length - 1)];
    const [mu, mv] = [(u + nu) / 2, (v + nv) / 2];
    const [su, sv] = [lerp(mu, hub[0], 0.09), lerp(mv, hub[1], 0.09)];
    if (i < rim.length - 1) spot(...place([[su, sv]])[0], 3.4 * size, kind.spot);
  });
  for (const [r, colour] of [[13, kind.edge], [9.5, kind.spot], [6.5, kind.eye], [2.6, kind.edge]]) spot(...place([[eu, ev]])[0], r * size, colour);
  pen([...place(outline), place(outline)[0]], kind.edge, 0.8 + size * 0.4, 0.35);
}

function body(x, y, size) {
  const place = (points) => points.map(([u, v]) => [x + size * u, y + size * v]);
  flat(place([[0, -34], [6, -28], [5, -18], [8, -4], [6, 14], [7, 40], [3, 66], [0, 72], [-3, 66], [-7, 40], [-6, 14], [-8, -4], [-5, -18], [-6, -28]]), kind.edge, 0.5);
  for (let v = 18; v < 66; v += 7) pen(place([[-6, v], [0, v + 2], [6, v]]), kind.base, size * 0.7);
  for (const flip of [-1, 1]) {
    pen(place([[flip * 2, -32], [flip * 16, -66], [flip * 36, -98]]), kind.edge, 0.5 + size * 0.5);
    spot(...place([[flip * 37, -99]])[0], 2.6 * size, kind.edge);
  }
}

function closed() {
  const turn = random(-14, 4);
  for (const [x, bow] of [[-90, 40], [-20, -36], [120, 20], [160, -50], [-170, 20]]) pen([[x, 262], [x + bow * 0.5, 140], [x + bow, random(-60, 70)]], "#6f7f45", 2.4);
  const stalk = [[-56, 262], [-26, 110], [30, -40], [120, -200]];
  for (const off of [-2, 0, 2]) pen(stalk.map(([u, v]) => [u + off, v]), "#56692f", 2.6);
  for (let k = 0; k < 16; k++) pen([[84 + k * 3, -128 - k * 6], [90 + k * 3 + (k % 2 ? 10 : -12), -142 - k * 6], [92 + k * 3 + (k % 2 ? 12 : -12), -156 - k * 6]], "#8f8a4a", 2);
  const [x, y] = [-14, 74];
  const place = (points) => points.map(([u, v]) => [x + 1.75 * (u * cos(turn) - v * sin(turn)), y + 1.75 * (u * sin(turn) + v * cos(turn))]);
  // from the side one sees the hind wing over most of the fore wing
  const fore = [[0, 0], [-6, -40], [6, -88], [34, -128 - 12 * tips], [56, -124], [64, -96], [58, -50], [30, -6]];
  const hind = [[2, 2], [14, -32], [44, -66], [84, -74], [108, -52], [110, -22], [98 + 10 * tails, 6 + 18 * tails], [76, 8], [40, 8]];
  wing(fore, [2, -4], [30, -70], [36, -106], place, 1.75, kind.wing, 1);
  wing(hind, [6, 0], [64, -28], [80, -44], place, 1.75, kind.base, 1);
  flat(place([[-26, 0], [-18, -8], [-4, -6], [20, 4], [52, 22], [58, 30], [46, 28], [10, 16], [-10, 10], [-22, 8]]), kind.edge, 0.5);
  for (const [u, v] of [[-48, -42], [-60, -30]]) {
    pen(place([[-24, -4], [u * 0.8, v * 0.6], [u, v]]), kind.edge, 1.4);
    spot(...place([[u, v]])[0], 4, kind.edge);
  }
  for (const [u, v] of [[-14, 26], [0, 30], [12, 32]]) pen(place([[u + 4, 8], [u - 4, 18], [u, v]]), kind.edge, 1.2);
}

function spot(x, y, r, colour) {
  flat(Array.from({ length: 13 }, (_, i) => [x + r * cos(i * 30), y + r * sin(i * 30)]), colour, 0);
}

function flat(points, colour, bend) {
  push();
  brush.noStroke();
  brush.wash(colour, 255);
  brush.beginShape(bend);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function hatched(points, colour, dist, angle, weight) {
  push();
  brush.noStroke();
  brush.hatchStyle("pen", colour, weight);
  brush.hatch(dist, angle);
  brush.polygon(points);
  pop();
}

function pen(points, colour, weight, bend = 0.5) {
  push();
  brush.set("pen", colour, weight);
  brush.spline(points.map(([x, y]) => [x, y, 1]), bend);
  pop();
}
