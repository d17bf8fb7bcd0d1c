// A mountain lake in the morning: three ridges, their reflection, a row of firs.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(5); noiseSeed(5);
  background("#eef1f0");
  wash(-40, -200, 340, 120, "#d6dde6", 190);
  wash(120, -150, 260, 70, "#f0d9cc", 170);
  ridge(-20, 150, 60, "#b4c2d2", 190);
  ridge(10, 110, 80, "#8fa5ba", 200);
  ridge(24, 64, 110, "#66829c", 215);
  band(24, 256, "#c3d2da", 200);
  mirror(34, 70, 110, "#8aa2b6", 130);
  band(90, 130, "#e6ecec", 120);
  band(180, 256, "#a6bcc8", 150);
  for (let x = -240; x < -60; x += 22) fir(x, 44 + random(-6, 6), random(40, 84));
  for (let x = 150; x < 256; x += 24) fir(x, 42 + random(-6, 6), random(36, 70));
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture = 0.4) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle);
  brush.fillTexture(texture, 0.3);
}

function wash(x, y, rx, ry, colour, opacity) {
  push();
  paint(colour, opacity, 0.4, 90);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 30) {
    const r = 0.8 + 0.4 * noise(x + cos(a), y + sin(a));
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  brush.endShape(true);
  pop();
}

function ridge(base, height, seed, colour, opacity) {
  push();
  paint(colour, opacity, 0.05, 90);
  brush.beginShape(0.2);
  for (let x = -270; x <= 270; x += 30) brush.vertex(x, base - height * noise(seed + x / 90) * 1.2);
  brush.vertex(270, base + 8); brush.vertex(-270, base + 8);
  brush.endShape(true);
  pop();
}

function mirror(base, height, seed, colour, opacity) {
  push();
  paint(colour, opacity, 0.12, 270);
  brush.beginShape(0.3);
  for (let x = -270; x <= 270; x += 30) brush.vertex(x, base + height * noise(seed + x / 90) * 1.2);
  brush.vertex(270, base); brush.vertex(-270, base);
  brush.endShape(true);
  pop();
}

function band(top, bottom, colour, opacity) {
  push();
  paint(colour, opacity, 0.1, 90);
  brush.beginShape(0.4);
  for (let x = -270; x <= 270; x += 60) brush.vertex(x, top + random(-4, 4));
  brush.vertex(270, bottom); brush.vertex(-270, bottom);
  brush.endShape(true);
  pop();
}

function fir(x, y, h) {
  push(); translate(x, y);
  paint("#3f5a5c", 225, 0.06, 90);
  for (let i = 0; i < 3; i++) {
    const w = h * (0.16 + 0.09 * i);
    brush.beginShape(0.1);
    brush.vertex(0, -h + i * h * 0.28); brush.vertex(w, -h + (i + 1.3) * h * 0.3); brush.vertex(-w, -h + (i + 1.3) * h * 0.3);
    brush.endShape(true);
  }
  pop();
}
