// A lily pond by moonlight, glazed so often with dark blue that moon and lilies drown in it.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(118); noiseSeed(118);
  background("#8fa3ad");
  blob(110, -140, 60, 60, "#f3edc9", 240, 0.1);
  for (const [x, y, r] of [[-120, 60, 70], [60, 120, 90], [150, 20, 52], [-60, 190, 80]]) blob(x, y, r, r * 0.4, "#4f7a5a", 230, 0.08);
  for (const [x, y] of [[-120, 44], [66, 96], [-52, 172]]) lily(x, y);
  for (let i = 0; i < 9; i++) blob(random(-120, 120), random(-120, 120), random(240, 330), random(200, 300), random(["#16304a", "#1c3a3a", "#24304c"]), 150, 0.35);
  blob(110, -140, 26, 26, "#9aa79a", 150, 0.2);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", random(360));
  brush.fillTexture(0.5, 0.3);
}

function blob(x, y, rx, ry, colour, opacity, bleed) {
  const seed = random(100);
  push();
  paint(colour, opacity, bleed);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 24) {
    const r = 0.85 + 0.3 * noise(seed + cos(a), seed + sin(a));
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  brush.endShape(true);
  pop();
}

function lily(x, y) {
  for (let i = 0; i < 7; i++) {
    push(); translate(x, y); rotate(-75 + i * 25);
    paint("#f6dfe4", 240, 0.06);
    brush.beginShape(0.5);
    for (const [px, py] of [[0, 0], [-10, -22], [0, -46], [10, -22]]) brush.vertex(px, py);
    brush.endShape(true);
    pop();
  }
}
