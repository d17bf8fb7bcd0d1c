// A blue hydrangea head, four-lobed florets piled from lilac shadow to pale light.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(27); noiseSeed(27);
  background("#f4f4f1");
  wash(-60, 60, 220, 190, "#bccdd6", 190);
  stem([[34, 60], [60, 150], [70, 220], [74, 272]], 7);
  leaf(52, 110, 22, 190, 62, 0.12);
  leaf(50, 130, 132, 210, 66, -0.16);
  leaf(-96, -4, 158, 150, 56, 0.14);
  head(14, -64, 148);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle);
  brush.fillTexture(texture, border, spread);
}

function blob(x, y, rx, ry, wobble, step = 20) {
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
  paint(colour, opacity, 0.45, 180, 0.5, 0);
  blob(x, y, rx, ry, 0.6); pop();
}

function stem(points, w) {
  push();
  paint("#7f8f58", 250, 0.04, 0, 0.3, 0.6, false);
  brush.beginShape(0.8);
  for (const [x, y] of points) brush.vertex(x - w, y);
  for (const [x, y] of points.reverse()) brush.vertex(x + w, y + 1);
  brush.endShape(); pop();
}

// A toothed leaf along +x, half in shade, with side veins left by a pale pencil.
function leaf(x, y, angle, len, wid, bend) {
  push(); translate(x, y); rotate(angle);
  const mid = (t) => bend * len * t * t;
  const rim = (t, side) => mid(t) + side * wid * sin(180 * pow(t, 0.72)) * (0.92 + 0.1 * sin(t * 2400) + 0.2 * noise(x + t * 7, side + 2));
  const coat = (colour, over, under) => {
    paint(colour, 230, 0.06, 0, 0.4, 0.5, false);
    brush.beginShape(0.4);
    for (let t = 0; t <= 1; t += 0.0625) brush.vertex(len * t, over(t));
    for (let t = 0.9375; t > 0; t -= 0.0625) brush.vertex(len * t, under(t));
    brush.endShape();
  };
  coat("#9cb884", (t) => rim(t, -1), (t) => rim(t, 1));
  coat("#3f7452", (t) => rim(t, -0.97), (t) => mid(t) - 1.5);
  coat("#5f9160", (t) => mid(t) + 1.5, (t) => rim(t, 0.9));
  pop();
  push(); translate(x, y); rotate(angle);
  brush.set("cpencil", "#b9cfa0", 0.8);
  for (let t = 0.2; t < 0.85; t += 0.15) {
    for (const s of [-1, 1]) {
      const far = (k, end) => [len * (t + 0.13 * k), lerp(mid(t), rim(t + 0.13, s), k), end];
      brush.spline([far(0, 1), far(0.45, 0.9), far(0.85, 0.4)], 0.6);
    }
  }
  pop();
}

// Four rounded lobes in one outline.
function floretShape(r) {
  const turn = random(90);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 15) {
    const lobe = r * (0.34 + 0.66 * pow(abs(cos(a * 2)), 0.6)) * random(0.94, 1.06);
    brush.vertex(lobe * cos(a + turn), lobe * sin(a + turn));
  }
  brush.endShape(true);
}

function floret(x, y, r, depth) {
  const light = ["#cdd9f4", "#d9d3f2", "#bfd6f0", "#e3d3ee"];
  const deep = ["#6f86d6", "#8a78cc", "#5f8fd0", "#a07acb"];
  const k = floor(random(4));
  push(); translate(x, y); scale(1, 0.94);
  paint("#f6f6fb", 255, 0.04, 0, 0, 0, false); // lift back to paper
  floretShape(r); pop();
  push(); translate(x, y); rotate(random(90));
  paint(light[k], 230, 0.08, 315, 0.3, 0.7);
  floretShape(r);
  paint(deep[k], lerp(235, 175, depth), 0.1, 135, 0.4, 0.4);
  floretShape(r * 0.94);
  paint("#f4ecc2", 255, 0.06, 0, 0, 0.2, false);
  blob(0, 0, r * 0.12, r * 0.12, 0.3, 45);
  paint("#3d4a9c", 230, 0.08, 0, 0.2, 0.4);
  blob(0.5, 0.5, r * 0.09, r * 0.09, 0.3, 45); pop();
}

// Shadow first, then rings of florets from the rim towards the light.
function head(x, y, r) {
  push();
  paint("#5a5fb0", 225, 0.14, 135, 0.4, 0.2);
  blob(x, y, r * 0.98, r * 0.84, 0.3);
  paint("#3a3f92", 215, 0.2, 90, 0.5, 0.2);
  blob(x + 14, y + 16, r * 0.85, r * 0.7, 0.4); pop();
  for (const [count, k] of [[14, 0.92], [11, 0.66], [7, 0.38], [3, 0.13]]) {
    for (let i = 0; i < count; i++) {
      const a = (360 / count) * i + random(-8, 8) + k * 90;
      floret(x + r * k * cos(a) - 8 * (1 - k), y + r * 0.86 * k * sin(a) - 10 * (1 - k), random(27, 34), 1 - k);
    }
  }
}
