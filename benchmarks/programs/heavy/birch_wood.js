// A birch wood in autumn: leaves in forty loose fills, trunks lifted out of them, bark in charcoal.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(53); noiseSeed(53);
  background("#f8f3e6");
  cloud("#cfd8c4", 120, -30, -90, 250, 130, 0.4);
  cloud("#b58a52", 130, 0, 232, 300, 60, 0.3);
  for (let i = 0; i < 22; i++) leaves(random(-250, 250), random(-240, 90), random(26, 56), 175);
  for (const [x, wide] of [[-196, 13], [-118, 20], [-38, 12], [30, 24], [122, 15], [206, 19]]) trunk(x, wide);
  for (let i = 0; i < 18; i++) leaves(random(-250, 250), random(-250, 60), random(14, 30), 215);
  brush.set("spray", "#8a5a24", 2);
  for (let i = 0; i < 12; i++) {
    const x = random(-250, 200);
    brush.line(x, random(205, 250), x + random(20, 60), random(205, 250));
  }
}

function cloud(colour, opacity, x, y, wide, tall, bleed) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out");
  brush.fillTexture(0.5, 0.3);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 20) {
    const reach = 0.7 + 0.6 * noise(x + 2 * cos(a), y + 2 * sin(a));
    brush.vertex(x + wide * reach * cos(a), y + tall * reach * sin(a));
  }
  brush.endShape();
  pop();
}

function leaves(x, y, size, opacity) {
  cloud(random(["#e0a52e", "#d9862b", "#c9632a", "#b8b04a", "#e6bd4f"]), opacity, x, y, size, size * random(0.5, 0.9), 0.25);
}

function trunk(x, wide) {
  const lean = random(-14, 14);
  const edge = (side) => [-262, -130, 0, 130, 232].map((y) => [x + side * wide * (0.7 + y / 900) + (lean * -y) / 260 + random(-2, 2), y]);
  push();
  brush.fill("#fbf8f0", 255);
  brush.fillBleed(0.03, "out");
  brush.fillTexture(0, 0, false);
  for (let coat = 0; coat < 2; coat++) {
    brush.beginShape(0.4);
    for (const [px, py] of [...edge(-1), ...edge(1).reverse()]) brush.vertex(px, py);
    brush.endShape();
  }
  brush.fill("#8c8791", 150);
  brush.fillBleed(0.12, "in", 0);
  brush.fillTexture(0.4, 0.2);
  brush.beginShape(0.4);
  for (const [px, py] of [...edge(0.25), ...edge(1).reverse()]) brush.vertex(px, py);
  brush.endShape();
  pop();
  for (let y = -235; y < 225; y += random(30, 74)) {
    const centre = x + (lean * -y) / 260;
    const from = random() < 0.5 ? -wide * 0.7 : wide * 0.1;
    push();
    brush.set("charcoal", "#33302f", random(1, 2.2));
    brush.spline([[centre + from, y, 1], [centre + from + wide * 0.35, y + 3, 0.8], [centre + from + wide * random(0.4, 0.9), y + 1, 0.2]], 0.5);
    pop();
  }
}

function draw() {
  noLoop();
}
