/**
 * Dragonfly over a pond. Wing veins come from a recursive closure.
 */
function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(RADIANS);
  brush.scaleBrushes(3);
  randomSeed(51);
  noiseSeed(51);
}

const makeWing = (length, breadth) => {
  const edge = [];
  for (let i = 0; i <= 12; i++) {
    const t = i / 12;
    const x = length * sin(t * PI);
    const y = breadth * sin(t * TWO_PI) * (0.6 + 0.4 * t);
    edge.push([t < 0.5 ? length * sqrt(t * 2) : length * sqrt((1 - t) * 2), y, x]);
  }
  return edge.map(([x, y]) => [x, y]);
};

const vein = (x, y, angle, length, depth) => {
  if (depth === 0 || length < 6) return;
  const end = createVector(cos(angle), sin(angle)).mult(length).add(x, y);
  brush.line(x, y, end.x, end.y);
  vein(end.x, end.y, angle + random(0.1, 0.35), length * 0.72, depth - 1);
  vein(end.x, end.y, angle - random(0.1, 0.35), length * 0.72, depth - 1);
};

function wing(angle, length, breadth, tint) {
  push();
  rotate(angle);
  brush.noStroke();
  brush.wash(tint, 110);
  brush.beginShape(0.5);
  makeWing(length, breadth).forEach(([x, y]) => brush.vertex(x, y));
  brush.endShape(true);
  brush.noWash();
  brush.set("2H", "#33566b", 0.8);
  vein(0, 0, 0, length * 0.3, 5);
  brush.set("pen", "#24404f", 1);
  brush.spline(makeWing(length, breadth).map(([x, y]) => [x, y, 1]), 0.5);
  pop();
}

function draw() {
  background("#dbe9dd");

  // ripples on the pond
  for (let i = 0; i < 7; i++) {
    const cx = random(-260, 260);
    const cy = random(-260, 260);
    for (let r = 10; r < 60; r += 12) {
      brush.set("cpencil", "#9cc2b0", 1);
      push();
      translate(cx, cy);
      scale(1, 0.45);
      brush.arc(0, 0, r, random(TWO_PI), random(TWO_PI));
      pop();
    }
  }

  push();
  rotate(-0.5);
  wing(-0.35, 240, 40, "#8ecae6");
  wing(0.25, 220, 46, "#a8dadc");
  wing(PI + 0.35, 240, 40, "#8ecae6");
  wing(PI - 0.25, 220, 46, "#a8dadc");

  // body: segments of a tail, thorax and head
  brush.noStroke();
  const segments = 9;
  for (let i = segments; i >= 0; i--) {
    brush.wash(i % 2 ? "#1d5c63" : "#2a9d8f", 255);
    brush.circle(0, 30 + i * 24, lerp(13, 6, i / segments));
  }
  brush.wash("#1d3d47", 255);
  brush.beginShape(0.8);
  brush.vertex(-20, 0);
  brush.vertex(0, -36);
  brush.vertex(20, 0);
  brush.vertex(0, 40);
  brush.endShape(true);
  brush.wash("#c1121f", 255);
  brush.circle(-12, -42, 13);
  brush.circle(12, -42, 13);
  brush.noWash();
  pop();
  noLoop();
}
