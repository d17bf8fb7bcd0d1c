// A handsome frame round an empty sheet.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(7);
  noiseSeed(7);
  background("#fbf5e8");
  const sides = [[-244, -244, 488, 30], [-244, 214, 488, 30], [-244, -214, 30, 428], [214, -214, 30, 428]];
  for (const [x, y, w, h] of sides) {
    push();
    brush.fill("#7a4a2a", 240);
    brush.fillBleed(0.05, "out");
    brush.fillTexture(0.6, 0.6, false);
    brush.beginShape(0);
    for (const [u, v] of [[x, y], [x + w, y], [x + w, y + h], [x, y + h]]) brush.vertex(u, v);
    brush.endShape(true);
    pop();
  }
  for (const r of [206, 198]) {
    push();
    brush.set("2B", "#b9893c", 1.6);
    for (const [a, b] of [[[-r, -r], [r, -r]], [[r, -r], [r, r]], [[r, r], [-r, r]], [[-r, r], [-r, -r]]]) brush.line(...a, ...b);
    pop();
  }
}

function draw() {
  noLoop();
}
