// moths round a lamp; no seed, as most short sketches
const dust = ["#d4c5a9", "#a89f91", "#7d7468", "#e8dcc4"];

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  noLoop();
}

const lamp = (x, y) => {
  brush.set("spray", "#ffd98a", 2.6);
  for (let a = 0; a < 360; a += 60) brush.line(x, y, x + 60 * cos(a), y + 60 * sin(a));
  brush.noStroke();
  brush.wash("#fff4cf", 250);
  brush.circle(x, y, 34);
  brush.noWash();
  brush.set("rotring", "#0c0b12", 2);
  brush.line(x, y - 34, x, -10);
  brush.set("charcoal", "#0c0b12", 1.4);
  brush.spline([[x - 44, y - 16, 1], [x, y - 44, 1.4], [x + 44, y - 16, 1]], 0.8);
};

const half = (s, k) => {
  brush.beginShape(0.7);
  brush.vertex(0, 0);
  brush.vertex(k * s * 0.5, -s * 0.7);
  brush.vertex(k * s * 1.15, -s * 0.75);
  brush.vertex(k * s * 0.95, -s * 0.1);
  brush.vertex(k * s * 0.7, s * 0.5);
  brush.vertex(k * s * 0.15, s * 0.4);
  brush.endShape(true);
};

const moth = (x, y, s, a) => {
  push();
  translate(x, y);
  rotate(a);
  const c = random(dust);
  for (const k of [-1, 1]) {
    brush.set("2B", "#3a332b", 0.8);
    brush.wash(c, 220);
    half(s, k);
    brush.noWash();
    brush.set("cpencil", "#4d4338", 1);
    for (let i = 0; i < 4; i++) brush.line(k * s * 0.2, -s * 0.1 + i * 3, k * s * (0.95 - i * 0.12), -s * 0.55 + i * s * 0.25);
    brush.set("pen", "#2b241d", 1);
    brush.circle(k * s * 0.7, -s * 0.38, s * 0.1);
    brush.spline([[0, -s * 0.3, 1], [k * s * 0.12, -s * 0.6, 0.8], [k * s * 0.3, -s * 0.8, 0.3]], 0.6);
  }
  brush.set("marker", "#5a4c3c", 1);
  brush.line(0, -s * 0.3, 0, s * 0.4);
  pop();
};

function draw() {
  background("#1b1a2b");
  translate(-300, -300);
  // circles of flight
  for (let i = 0; i < 40; i++) {
    brush.set("2H", "#4a4763", 0.8);
    const r = random(90, 290), b = random(360);
    brush.arc(300 + random(-30, 30), 240 + random(-30, 30), r, b, b + random(20, 70));
  }
  lamp(300, 230);
  for (let i = 0; i < 11; i++) {
    const a = i * 33 + random(-8, 8), r = random(130, 250);
    moth(300 + r * cos(a), 270 + r * sin(a), random(20, 40), a + 90 + random(-40, 40));
  }
}
