// A hand-tied bunch of anemones, crimson, violet, white and rose, with ink-blue hearts.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(29); noiseSeed(29);
  background("#f8f4ea");
  wash(10, -60, 190, 170, "#c3ced8", 190);
  const tie = [34, 128];
  const heads = [
    [-128, -60, 74, "#c9b3e0", "#6a3fa0"],
    [132, -98, 76, "#e9b6bf", "#c54a72"],
    [6, -150, 70, "#e9a3a0", "#b3182c"],
    [116, 28, 66, "#b9b4e6", "#4a3aa6"],
    [-52, 38, 72, "#e59a98", "#a3102a"],
    [22, -52, 86, "#eef0f6", "#a3aecb"],
  ];
  for (const [x, y] of heads) stem(x, y, tie[0] + random(-9, 9), tie[1], (tie[0] - x) * 0.62);
  for (const [x, y, a] of [[-120, -20, -140], [-30, -170, -110], [150, -150, -50], [170, 0, 0], [-118, 60, 170], [64, -178, -72]]) fern(x, y, a);
  for (const [x, y, r, pale, deep] of heads) anemone(x, y, r, pale, deep);
  ribbon(tie[0], tie[1] + 6);
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
  paint(colour, opacity, 0.45, random(360), 0.5, 0);
  blob(x, y, rx, ry, 0.6); pop();
}

// From a flower head down to the tie, then splaying out past it.
function stem(x, y, tx, ty, splay) {
  push();
  paint(random(["#5f8a4f", "#7d9d5c", "#4a7550"]), 245, 0.04, 270, 0.3, 0.5, false);
  const near = y < 0 ? [lerp(x, tx, 0.86), 12] : [lerp(x, tx, 0.35), y + 36]; // hidden by the flowers
  const spine = [near, [lerp(near[0], tx, 0.6), lerp(near[1], ty, 0.5)], [tx, ty], [tx + splay, ty + 112]];
  brush.beginShape(0.7);
  for (const [px, py] of spine) brush.vertex(px - 3, py);
  for (const [px, py] of spine.reverse()) brush.vertex(px + 3, py + 1);
  brush.endShape(); pop();
}

function petalShape(len, wid, ruffle) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 10; a < 360; a += 20) {
    const u = 0.5 - 0.5 * cos(a);
    const r = 1 + ruffle * u * (noise(seed + a / 40) - 0.5);
    brush.vertex(wid * sin(a) * (0.45 + 0.6 * u) * r, -len * pow(u, 0.9) * r);
  }
  brush.endShape();
}

function anemone(x, y, r, pale, deep) {
  push(); translate(x, y); rotate(random(60));
  for (let ring = 0; ring < 2; ring++) {
    for (let i = 0; i < 5; i++) {
      push(); rotate(i * 72 + ring * 36 + random(-7, 7));
      const len = r * (ring ? 0.84 : 1) * random(0.94, 1.06);
      if (!ring) {
        for (const side of [90, 270]) {
          paint("#fdfaf4", 255, 0.04, side, 0, 0, false); // keep the paper white under the petal
          petalShape(len, r * 0.5, 0.2);
        }
      }
      paint(pale, 225, 0.08, 90, 0.3, 0.7);
      petalShape(len, r * 0.5, 0.3);
      paint(deep, 215, 0.1, ring ? 90 : 270, 0.4, 0.3);
      petalShape(len * 0.95, r * 0.44, 0.3); pop();
    }
  }
  heart(r);
  pop();
}

function heart(r) {
  push();
  paint("#e8e6ea", 240, 0.12, 0, 0.1, 0);
  blob(0, 0, r * 0.3, r * 0.3, 0.4);
  for (const k of [0.21, 0.2, 0.15, 0.12]) {
    paint("#100c28", 255, 0.1, 0, 0.1, 0.5);
    blob(0, 0, r * k, r * k, 0.3, 36);
  }
  pop();
  for (let i = 0; i < 24; i++) {
    const a = i * 15 + random(-5, 5);
    const d = r * random(0.28, 0.42);
    push();
    brush.set("charcoal", "#1c1838", random(1.6, 2.8));
    brush.spline([[d * cos(a), d * sin(a), 1], [d * cos(a) + 0.8, d * sin(a) + 0.6, 1], [d * cos(a) + 1.6, d * sin(a) + 0.8, 1]], 0.5);
    pop();
  }
}

// Ferny anemone foliage: a few narrow leaves fanning from one point.
function fern(x, y, angle) {
  for (let k = -2; k <= 2; k++) {
    push(); translate(x, y); rotate(angle + 90 + k * 26 + random(-6, 6));
    paint(random(["#6f9457", "#48724a", "#8aa565"]), 230, 0.06, 90, 0.3, 0.5);
    petalShape(random(52, 74) - 5 * abs(k), 8, 0.3); pop();
  }
}

function ribbon(x, y) {
  push();
  paint("#d9a7a0", 255, 0.05, 0, 0.1, 0.5, false);
  blob(x, y, 24, 8, 0.2);
  paint("#b0505a", 230, 0.08, 0, 0.3, 0.4);
  blob(x, y, 24, 7, 0.2); pop();
}
