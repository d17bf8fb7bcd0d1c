// A small painting that uses every kind of mark; its bytes show whether two machines draw alike.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(12);
  noiseSeed(12);
  background("#fbf6ec");
  wash("#6fa3c4", 110, 220, 24);
  translate(0, -40);
  stems();
  for (let i = 0; i < 7; i++) {
    petal((360 / 7) * i + random(-7, 7), ["#d94f6b", "#e0637a", "#c93c74"][i % 3], i);
  }
  heart();
}

function draw() {
  noLoop();
}

// A large pale form behind everything, its outline shaped by noise: much bleed, little border.
function wash(colour, opacity, radius, corners) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(0.4, "out");
  brush.fillTexture(0.3, 0.2);
  brush.beginShape(1);
  for (let i = 0; i < corners; i++) {
    const reach = radius * map(noise(i * 0.7), 0, 1, 0.6, 1.15);
    brush.vertex(reach * cos((360 / corners) * i), reach * sin((360 / corners) * i));
  }
  brush.endShape();
  pop();
}

// Bleeds outwards and inwards in turn; texture and border change from petal to petal.
function petal(angle, colour, i) {
  push();
  rotate(angle);
  brush.fill(colour, 170 + 8 * i);
  brush.fillBleed(0.08 + 0.02 * i, i % 2 ? "in" : "out");
  brush.fillTexture(0.3 + 0.05 * i, 0.7 - 0.03 * i);
  brush.beginShape(0.7);
  for (const [x, y] of [[0, -16], [-44, -62], [-52, -122], [-14, -150], [16, -144], [52, -120], [42, -60]]) {
    brush.vertex(x + random(-5, 5), y + random(-5, 5));
  }
  brush.endShape();
  pop();
  for (const side of [-9, 9]) {
    push();
    rotate(angle + side);
    brush.set(["cpencil", "2B", "HB"][i % 3], "#7d1f45", 1);
    brush.spline([[0, -34, 1], [side * 0.4, -78, 0.7], [side, -random(98, 122), 0.3]], 0.6);
    pop();
  }
}

function heart() {
  push();
  brush.fill("#e3a21a", 220);
  brush.fillBleed(0.15, "in");
  brush.fillTexture(0.6, 0.5);
  brush.beginShape(0.8);
  for (let i = 0; i < 6; i++) brush.vertex(24 * cos(60 * i), 24 * sin(60 * i));
  brush.endShape();
  pop();
  for (let i = 0; i < 9; i++) {
    push();
    rotate(40 * i);
    brush.set("pen", "#6b3a12", 1);
    brush.spline([[0, -6, 1], [2, -20, 0.8], [0, -30, 0.5]], 0.4);
    pop();
  }
}

function stems() {
  mark("charcoal", "#2f5a3c", 1.4, [[14, 128, 0.7], [16, 190, 0.9], [-4, 284, 1]]);
  mark("marker", "#2f7d4a", 3, [[10, 244, 1], [70, 214, 1], [128, 208, 1]]);
  mark("spray", "#8f7a52", 3, [[-150, 270, 0.7], [-10, 262, 1], [140, 272, 0.6]]);
  for (const side of [-1, 1]) {
    push();
    translate(6, 210);
    brush.fill("#3f7d55", 185);
    brush.fillBleed(0.12, "out");
    brush.fillTexture(0.45, 0.6);
    brush.beginShape(0.6);
    brush.vertex(0, 0);
    brush.vertex(side * 46, -50);
    brush.vertex(side * 132, -66);
    brush.vertex(side * 96, -16);
    brush.vertex(side * 40, 10);
    brush.endShape();
    pop();
  }
}

function mark(name, colour, weight, points) {
  push();
  brush.set(name, colour, weight);
  brush.spline(points, 0.6);
  pop();
}
