// Two koi in a pond: water, bodies, fins and patches in eleven fills, ripples in pencil.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(27); noiseSeed(27);
  background("#f2f4ee");
  push();
  brush.fill("#4f9a9c", 150);
  brush.fillBleed(0.4, "out");
  brush.fillTexture(0.6, 0.3);
  brush.circle(0, 0, 214);
  pop();
  push();
  brush.set("cpencil", "#4d8288", 1.2);
  for (const r of [60, 84, 108]) brush.arc(-90, 150, r, 200, 330);
  for (const r of [40, 62]) brush.arc(130, -150, r, 20, 160);
  pop();
  koi(-84, -36, 56, 1.2, "#e0643a", "#a8231c");
  koi(92, 40, 236, 1.05, "#e8a13a", "#b5562a");
}

function koi(x, y, angle, size, body, patch) {
  push();
  translate(x, y);
  rotate(angle);
  scale(size);
  form(patch, 130, 0.2, [[-92, 0], [-130, -34], [-168, -40], [-146, -4], [-166, 36], [-128, 30]]);
  form(body, 140, 0.18, [[20, -24], [-6, -70], [-36, -72], [-18, -22]]);
  form(body, 255, 0.03, [[112, 0], [88, -26], [30, -38], [-50, -22], [-100, 0], [-50, 22], [30, 38], [88, 26]]);
  form(patch, 215, 0.12, [[66, -24], [30, -34], [8, -14], [26, 10], [62, 4]]);
  form(patch, 215, 0.12, [[-12, -20], [-58, -14], [-50, 10], [-16, 14]]);
  pop();
  push();
  translate(x, y);
  rotate(angle);
  scale(size);
  brush.set("2B", "#2c2725", 1.6);
  brush.circle(90, -12, 3);
  brush.circle(90, 12, 3);
  brush.set("cpencil", "#8b5a3a", 0.9);
  brush.spline([[108, -4, 0.6], [30, 0, 1], [-96, 0, 0.4]], 0.5);
  pop();
}

function form(colour, opacity, bleed, points) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out");
  brush.fillTexture(0.4, 0.6);
  brush.beginShape(0.7);
  for (const [x, y] of points) brush.vertex(x + random(-3, 3), y + random(-3, 3));
  brush.endShape();
  pop();
}

function draw() {
  noLoop();
}
