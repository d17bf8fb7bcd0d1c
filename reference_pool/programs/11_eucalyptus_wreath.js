// An open wreath of silver-dollar eucalyptus with dusty-rose blossoms low on the left.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(19); noiseSeed(19);
  background("#fbfaf5");
  wash(0, 0, 190, 180, "#e3ebe6", 150);
  translate(4, -4);
  spray(112, -58, 166);
  spray(124, 312, 170);
  for (const a of [96, 112, 126, 140, 156]) sprig(a, random(-12, 12));
  for (const [a, r] of [[84, 186], [164, 190], [148, 140], [100, 142]]) berries(a, r);
  blossom(-42, 160, 42);
  blossom(-164, 64, 38);
  blossom(-116, 126, 56);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle); brush.fillTexture(texture, border, spread);
}

function blob(x, y, rx, ry, wobble, step = 24) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += step) {
    const r = 1 + wobble * (noise(seed + cos(a) * 1.4, seed + sin(a) * 1.4) - 0.5);
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  brush.endShape(true);
}

function wash(x, y, rx, ry, colour, opacity) {
  push();
  paint(colour, opacity, 0.45, 0, 0.5, 0);
  blob(x, y, rx, ry, 0.5); pop();
}

// One arm of the wreath: a pencilled stem from angle a to angle b with paired leaves.
function spray(a, b, radius) {
  const r = (t) => radius + 9 * sin(t * 420);
  const at = (t) => [r(t) * cos(lerp(a, b, t)), r(t) * sin(lerp(a, b, t))];
  push();
  brush.set("cpencil", "#8f8068", 1.2);
  const points = [];
  for (let t = 0; t <= 1; t += 0.05) points.push([...at(t), 1 - 0.6 * t]);
  brush.spline(points, 0.8);
  pop();
  const dir = b > a ? 90 : -90;
  for (let t = 0.03; t < 1.02; t += 0.056) {
    for (const side of t > 0.98 ? [0] : [-1, 1]) {
      push(); translate(...at(t)); rotate(lerp(a, b, t) + dir + 90 + side * random(30, 70));
      dollar(lerp(74, 30, t) * random(0.75, 1.15));
      pop();
    }
  }
}

// A round leaf on a short stalk, growing from (0, 0) upwards.
function dollar(len) {
  const coats = [["#fbfaf5", 1, 90], [random(["#9dbdb2", "#a9c4a8", "#8fb4b4"]), 1, 270], [random(["#4f8078", "#5c8a6a", "#42707a"]), 0.92, random([90, 270, 0])]];
  for (const [colour, k, angle] of coats) {
    if (colour === "#fbfaf5") paint(colour, 255, 0.04, angle, 0, 0, false);
    else paint(colour, 230, 0.08, angle, 0.4, 0.6);
    const seed = random(100);
    brush.beginShape(0.6);
    for (let a = 10; a < 360; a += 20) {
      const u = 0.5 - 0.5 * cos(a);
      const r = k * (1 + 0.16 * (noise(seed + a / 40) - 0.5));
      brush.vertex(len * 0.42 * sin(a) * (0.55 + 0.5 * u) * r, -len * (0.02 + 0.98 * pow(u, 0.8)) * r);
    }
    brush.endShape();
  }
}

// Narrow willow leaves that break the ring.
function sprig(a, tilt) {
  push(); translate(166 * cos(a), 166 * sin(a)); rotate(a + 90 + tilt + random([-30, 30, 150]));
  for (const k of [-26, 4, 30]) {
    push(); rotate(k);
    paint(random(["#5f7f5a", "#3f6658", "#7f9a66"]), 225, 0.06, 90, 0.3, 0.5);
    brush.beginShape(0.6);
    for (const [x, y] of [[0, 0], [-6, -18], [-8, -38], [-4, -60], [1, -74], [5, -60], [8, -38], [5, -18]]) brush.vertex(x, y);
    brush.endShape(); pop();
  }
  pop();
}

function berries(a, r) {
  for (let i = 0; i < 5; i++) {
    const [x, y] = [r * cos(a) + random(-16, 16), r * sin(a) + random(-14, 14)];
    push();
    brush.set("2B", "#7d6a58", 0.9);
    brush.spline([[r * cos(a) * 0.92, r * sin(a) * 0.92, 0.8], [(r * cos(a) + x) / 2, (r * sin(a) + y) / 2 - 3, 0.8], [x, y, 0.8]], 0.6);
    pop();
    push();
    paint(random(["#b05a5a", "#9a4450", "#c47a6a"]), 245, 0.08, 0, 0.2, 0.6);
    blob(x, y, 5.5, 5.5, 0.3, 36); pop();
  }
}

// A small loose rose: rings of petals, each lifted to paper and glazed.
function blossom(x, y, r) {
  push(); translate(x, y);
  for (const side of [90, 270, 90]) { // lift the leaves away under the petals
    paint("#fdf3ee", 255, 0.06, side, 0, 0, false);
    blob(0, 0, r * 0.98, r * 0.98, 0.3);
  }
  for (const [count, k, colour] of [[6, 1, "#dc8380"], [5, 0.72, "#c85a66"], [4, 0.46, "#a83a4c"], [3, 0.26, "#741a30"]]) {
    const turn = random(90);
    for (let i = 0; i < count; i++) {
      const a = turn + (360 / count) * i;
      for (const [c, o, tex] of [["#fdf3ee", 255, 0], [colour, 225, 0.4]]) {
        paint(c, o, 0.08, a + 180, tex, 0.6);
        blob(r * k * 0.5 * cos(a), r * k * 0.5 * sin(a), r * k * 0.55, r * k * 0.55, 0.4);
      }
    }
  }
  pop();
}
