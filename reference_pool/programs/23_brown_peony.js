// A pink peony: coat over coat of rose, green and brown until the colours turn to mud.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(14); noiseSeed(14);
  background("#f3ead9");
  wash(0, 0, 250, 240, "#a9a27a", 170);
  wash(-80, 60, 180, 160, "#8f7a62", 150);
  for (let i = 0; i < 7; i++) leaf(random(-40, 40), random(20, 90), i * 52 + 10, random(150, 190));
  for (let i = 0; i < 26; i++) {
    const a = i * 137.5;
    const d = 132 * sqrt(1 - i / 26);
    petal(d * cos(a), -24 + d * 0.85 * sin(a), 62 - i * 0.7, random(["#c77f86", "#a8636b", "#b98a7a", "#9c5a68"]));
  }
  wash(10, -20, 90, 80, "#7a5a4c", 120);
  for (let i = 0; i < 9; i++) petal(random(-40, 40), random(-60, 16), random(18, 30), random(["#8a4a56", "#b9737c", "#7c5548"]));
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", random(360));
  brush.fillTexture(0.6, 0.5);
}

function blob(x, y, rx, ry) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 24) {
    const r = 0.75 + 0.5 * noise(seed + cos(a), seed + sin(a));
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  brush.endShape(true);
}

function wash(x, y, rx, ry, colour, opacity) {
  push(); paint(colour, opacity, 0.4); blob(x, y, rx, ry); pop();
}

function petal(x, y, r, colour) {
  push(); paint(colour, 190, 0.2); blob(x, y, r, r * 0.8); pop();
}

function leaf(x, y, angle, len) {
  push(); translate(x, y); rotate(angle);
  paint(random(["#5f6a44", "#6d6242", "#4f5a40"]), 190, 0.12);
  brush.beginShape(0.5);
  for (const [t, w] of [[0, 0], [0.3, -0.15], [0.6, -0.18], [1, 0], [0.6, 0.18], [0.3, 0.15]]) brush.vertex(len * t, len * w);
  brush.endShape(true);
  pop();
}
