// A path between lavender beds: sky, beds and path are stacked as flat stripes, so nothing recedes.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(50); noiseSeed(50);
  background("#f8efe2");
  stripe(-256, -150, "#f3b58a");
  stripe(-150, -100, "#e58f86");
  stripe(-100, -20, "#7a62a8");
  stripe(-20, 60, "#cdb48a");
  stripe(60, 150, "#6a52a0");
  stripe(150, 256, "#7f9a5c");
  for (let i = 0; i < 14; i++) tuft(-240 + i * 37, -22);
  for (let i = 0; i < 14; i++) tuft(-240 + i * 37, 148);
  push();
  paint("#d8c29a", 240, 0.03);
  brush.beginShape(0.1);
  for (const [x, y] of [[-50, -100], [50, -100], [40, 256], [-40, 256]]) brush.vertex(x, y);
  brush.endShape(true);
  pop();
  push();
  paint("#fbe08a", 250, 0.05);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 30) brush.vertex(160 + 40 * cos(a), -180 + 40 * sin(a));
  brush.endShape(true);
  pop();
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", 90);
  brush.fillTexture(0.3, 0.3);
}

function stripe(top, bottom, colour) {
  push();
  paint(colour, 220, 0.03);
  brush.beginShape(0.2);
  for (const [x, y] of [[-280, top], [0, top], [280, top], [280, bottom + 8], [0, bottom + 8], [-280, bottom + 8]]) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function tuft(x, y) {
  push();
  paint("#4a3a86", 220, 0.08);
  brush.beginShape(0.6);
  for (const [px, py] of [[-10, 0], [-6, -36], [0, -54], [6, -36], [10, 0]]) brush.vertex(x + px, y + py);
  brush.endShape(true);
  pop();
}
