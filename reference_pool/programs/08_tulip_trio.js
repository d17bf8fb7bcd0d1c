// Three tulips leaning apart: vermilion, apricot and plum, with broad blue-green leaves.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(14); noiseSeed(14);
  background("#fdf8ee");
  wash(-120, -90, 120, 130, "#f4d9b8", 150);
  wash(120, 40, 150, 150, "#cfdcd6", 150);
  stem([[20, 270], [26, 150], [10, 20], [-26, -90]], 5);
  stem([[44, 270], [70, 160], [112, 60], [128, -20]], 5);
  stem([[-4, 270], [-32, 190], [-92, 120], [-126, 62]], 4.5);
  leaf(44, 275, -58, 300, 36, -0.32);
  leaf(-4, 275, -118, 250, 34, 0.34);
  leaf(20, 280, -84, 260, 30, 0.14);
  tulip(-26, -84, -12, 1.12, "#f29a6a", "#d4301f", "#9c1420");
  tulip(128, -14, 14, 0.98, "#f8d28a", "#ef9a3a", "#d4602a");
  tulip(-126, 66, -30, 0.86, "#c79ac0", "#7a2a6a", "#4a1246");
  for (let i = 0; i < 9; i++) drop(random(-220, 220), random(-230, 210), random(1.5, 4));
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle);
  brush.fillTexture(texture, border, spread);
}

function blob(x, y, rx, ry, wobble, step = 24) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += step) {
    const r = 1 + wobble * (noise(seed + cos(a) * 1.4, seed + sin(a) * 1.4) - 0.5);
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  brush.endShape(true);
}

function wash(x, y, rx, ry, colour, opacity) {
  push();
  paint(colour, opacity, 0.45, random(360), 0.5, 0);
  blob(x, y, rx, ry, 0.6);
  pop();
}

function drop(x, y, r) {
  push();
  paint(random(["#e9a06a", "#a9bfb4", "#c79ac0"]), 200, 0.1, 0, 0.2, 0.6);
  blob(x, y, r, r, 0.5, 45);
  pop();
}

function stem(points, w) {
  push();
  paint("#7f9f62", 250, 0.04, 0, 0.3, 0.6, false);
  brush.beginShape(0.8);
  for (const [x, y] of points) brush.vertex(x - w, y);
  for (const [x, y] of points.reverse()) brush.vertex(x + w, y + 2);
  brush.endShape();
  pop();
}

function leaf(x, y, angle, len, wid, bend) {
  push(); translate(x, y); rotate(angle);
  const mid = (t) => bend * len * t * t;
  const rim = (t, side) => mid(t) + side * wid * pow(sin(180 * pow(t, 0.62)), 0.8) * (0.85 + 0.35 * noise(x + t * 4, side + 2));
  const coat = (colour, opacity, under, over) => {
    paint(colour, opacity, 0.06, 180, 0.4, 0.5, false);
    brush.beginShape(0.5);
    for (let t = 0; t <= 1; t += 0.0625) brush.vertex(len * t, over(t));
    for (let t = 0.9375; t > 0; t -= 0.0625) brush.vertex(len * t, under(t));
    brush.endShape();
  };
  coat("#9db89c", 225, (t) => rim(t, 1), (t) => rim(t, -1));
  coat("#3c6e60", 215, (t) => mid(t) + 2, (t) => rim(t, -1));
  coat("#5f8f72", 190, (t) => rim(t, 1), (t) => mid(t) + wid * 0.3 * sin(180 * t));
  pop();
}

// A cupped tulip petal from (0, 0) upwards, coming to a soft point.
function petalShape(len, wid, lean) {
  const seed = random(100);
  const edge = (t, side) => side * wid * pow(sin(180 * pow(t, 0.72)), 0.75) * (0.9 + 0.25 * noise(seed + t * 3, side));
  brush.beginShape(0.6);
  for (let t = 0; t <= 1; t += 0.1) brush.vertex(edge(t, -1) + lean * t * t, -len * t);
  for (let t = 0.94; t > 0; t -= 0.1) brush.vertex(edge(t, 1) + lean * t * t, -len * t);
  brush.endShape();
}

function petal(angle, len, wid, lean, pale, deep, from) {
  push(); rotate(angle);
  paint("#fdf4e6", 255, 0.04, 90, 0, 0, false);
  petalShape(len, wid, lean);
  paint(pale, 235, 0.07, 270, 0.3, 0.7);
  petalShape(len, wid, lean);
  paint(deep, 225, 0.1, from, 0.45, 0.3);
  petalShape(len * 0.95, wid * 0.85, lean);
  pop();
}

function tulip(x, y, angle, s, pale, mid, deep) {
  push(); translate(x, y); rotate(angle); scale(s);
  petal(-10, 138, 32, -4, pale, mid, 90);
  petal(12, 134, 32, 6, pale, mid, 90);
  petal(-24, 128, 34, 10, pale, mid, 270);
  petal(26, 126, 34, -8, pale, deep, 270);
  petal(-2, 116, 40, 2, pale, deep, 90);
  pop();
  push(); translate(x, y); rotate(angle);
  brush.set("cpencil", mid, 0.7);
  for (const k of [-1, 0, 1]) brush.spline([[k * 6, -14, 0.9], [k * 17, -52, 0.8], [k * 13, -92, 0.3]], 0.8);
  pop();
}
