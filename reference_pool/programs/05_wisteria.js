// Wisteria: three racemes of lilac and violet hanging from an old vine.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(17); noiseSeed(17);
  background("#fbf8f1");
  wash(-40, -40, 200, 190, "#bdb6e0", 185);
  wash(120, -190, 170, 100, "#c8d8b4", 170);
  vine([[-262, -176], [-190, -204], [-110, -206], [-20, -222], [70, -208], [150, -216], [262, -190]], 9);
  frond(-196, -200, 112, 130);
  frond(176, -208, 66, 150);
  frond(20, -214, 40, 96);
  raceme(138, -190, 230, 62, 8);
  raceme(-132, -186, 300, 72, -10);
  raceme(8, -196, 420, 88, 14);
  frond(-60, -212, 150, 92);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle);
  brush.fillTexture(texture, border, spread);
}

function wash(x, y, rx, ry, colour, opacity) {
  push();
  paint(colour, opacity, 0.45, random(360), 0.5, 0);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 24) {
    const r = 0.7 + 0.6 * noise(x + cos(a), y + sin(a));
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  brush.endShape(true);
  pop();
}

// The vine is a chain of short dark brush loads.
function vine(points, w) {
  for (let i = 0; i < points.length - 1; i++) {
    const [[ax, ay], [bx, by]] = [points[i], points[i + 1]];
    const len = dist(ax, ay, bx, by) + 5;
    push(); translate(ax, ay); rotate(atan2(by - ay, bx - ax));
    for (const [colour, thick, angle] of [["#94816f", 1, 0], ["#3b2b2c", 0.7, 180]]) {
      paint(colour, 245, 0.05, angle, 0.4, 0.4, false);
      brush.beginShape(0.6);
      for (let x = -4; x <= len; x += len / 5) brush.vertex(x, -w * thick * random(0.5, 0.9));
      for (let x = len; x >= -4; x -= len / 5) brush.vertex(x, w * thick * random(0.4, 0.7));
      brush.endShape();
    }
    pop();
  }
}

// Florets crowd the shoulder of a raceme and shrink to buds at its tip.
function raceme(x, y, len, wid, sway) {
  const sx = (t) => x + sway * sin(t * 200);
  push();
  brush.set("cpencil", "#a3ad84", 1);
  brush.spline([[x, y - 14, 1], [sx(0.3), y + len * 0.3, 0.9], [sx(0.6), y + len * 0.6, 0.8], [sx(1), y + len, 0.5]], 0.7);
  pop();
  push();
  paint("#cbc2ee", 190, 0.2, 270, 0.5, 0.1);
  brush.beginShape(0.7);
  const cone = [[0, -0.4], [0.15, -0.9], [0.4, -0.8], [0.7, -0.4], [1, 0], [0.7, 0.4], [0.4, 0.8], [0.15, 0.9], [0, 0.4]];
  for (const [t, s] of cone) brush.vertex(sx(t) + s * wid * 0.52, y + len * t);
  brush.endShape();
  pop();
  const rows = len / 18;
  for (let i = 0; i < rows; i++) {
    const t = pow(i / rows, 0.9);
    const spread = wid * pow(sin(min(1, 0.16 + t * 0.84) * 180), 0.7) * (1 - 0.35 * t);
    const size = lerp(33, 13, t * t);
    for (const side of i % 2 ? [-1, 1] : [0, 1, -1]) {
      floret(sx(t) + side * spread * random(0.12, 0.55), y + t * len + random(-4, 4), side * random(-60, -15) + random(-12, 12), size, t);
    }
  }
}

function floret(x, y, angle, size, age) {
  push(); translate(x, y); rotate(angle + 180);
  paint(random(["#b9aee6", "#a99ae0", "#c6b6ea", "#9fa0e2"]), 225, 0.12, 90, 0.3, 0.5);
  petal(size * 1.25, size * 0.85);
  paint(lerpColor(color("#4f2f9c"), color("#3a3690"), random()), 215, 0.12, 90, 0.3, 0.3);
  rotate(random(-22, 22));
  petal(size * lerp(0.85, 1.1, age), size * 0.46);
  pop();
}

function petal(len, wid) {
  brush.beginShape(0.6);
  for (let a = 15; a < 360; a += 30) {
    const u = 0.5 - 0.5 * cos(a);
    brush.vertex(wid * sin(a) * (0.5 + 0.5 * u) * random(0.9, 1.1), -len * u);
  }
  brush.endShape();
}

// A compound leaf: leaflets in pairs along a drooping rib.
function frond(x, y, angle, len) {
  push();
  brush.set("2B", "#6d8a4e", 1);
  const at = (t) => [x + len * t * cos(angle), y + len * t * sin(angle) + 22 * t * t];
  brush.spline([[x, y, 1], [...at(0.5), 0.9], [...at(1), 0.6]], 0.6);
  pop();
  for (let t = 0.3; t <= 1.05; t += 0.175) {
    for (const side of t > 1 ? [0] : [-1, 1]) {
      push(); translate(...at(t)); rotate(angle + 90 + side * 52 + random(-8, 8));
      paint(random(["#8dab63", "#a3b86f"]), 220, 0.06, 90, 0.3, 0.5);
      petal(len * 0.36, len * 0.07);
      paint("#55803f", 200, 0.06, 90, 0.3, 0.3);
      petal(len * 0.33, len * 0.035);
      pop();
    }
  }
}
