// Three sunflowers in a glass jar on a blue-shadowed table.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(33); noiseSeed(33);
  background("#fbf5e6");
  wash(30, -110, 210, 170, "#cfe0e2", 180, 0);
  wash(-40, 236, 360, 74, "#d9b98a", 200, 90);
  push();
  paint("#5f6f9a", 220, 0.1, 0, 0.4, 0.1, false); // the jar's shadow
  blob(116, 216, 126, 13, 0.4); pop();
  const heads = [[-92, -62, 92, -14], [104, -26, 80, 22], [16, -150, 84, 6]];
  stem([[16, -150], [10, -20], [-4, 90], [-16, 200]]);
  stem([[-92, -40], [-60, 40], [-10, 110], [22, 204]]);
  stem([[104, -10], [72, 60], [16, 120], [-30, 190]]);
  leaf(4, 20, 28, 110, 34);
  leaf(-34, 74, 166, 120, 36);
  leaf(36, 84, 20, 104, 30);
  jar(-6, 70);
  for (const [x, y, r, tilt] of heads) sunflower(x, y, r, tilt);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle); brush.fillTexture(texture, border, spread);
}

function shape(points, close = false) {
  brush.beginShape(0.6);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(close);
}

function blob(x, y, rx, ry, wobble, step = 24) {
  const seed = random(100);
  const points = [];
  for (let a = 0; a < 360; a += step) {
    const r = 1 + wobble * (noise(seed + cos(a) * 1.4, seed + sin(a) * 1.4) - 0.5);
    points.push([x + rx * r * cos(a), y + ry * r * sin(a)]);
  }
  shape(points, true);
}

function wash(x, y, rx, ry, colour, opacity, angle) {
  push();
  paint(colour, opacity, 0.4, angle, 0.5, 0);
  blob(x, y, rx, ry, 0.5); pop();
}

function stem(points) {
  push();
  paint(random(["#6f8f45", "#587c40"]), 250, 0.04, 90, 0.3, 0.5, false);
  shape([...points.map(([x, y]) => [x - 4.5, y]), ...[...points].reverse().map(([x, y]) => [x + 4.5, y + 2])]); pop();
}

function leaf(x, y, angle, len, wid) {
  push(); translate(x, y); rotate(angle);
  const rim = (t, s) => [len * t, 18 * t * t + s * wid * sin(180 * pow(t, 0.6)) * (0.85 + 0.35 * noise(x + t * 6, s + 2))];
  const ts = [0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9, 1];
  paint("#8fa857", 225, 0.07, 180, 0.4, 0.5);
  shape([...ts.map((t) => rim(t, -1)), ...ts.slice(1, -1).reverse().map((t) => rim(t, 1))]);
  paint("#3f6b3c", 215, 0.07, 0, 0.4, 0.3);
  shape([...ts.map((t) => rim(t, -0.95)), ...ts.slice(1, -1).reverse().map((t) => rim(t, -0.03))]); pop();
}

// The jar: pale glass, blue water, a rim, a highlight left as a light stroke.
function jar(x, y) {
  const side = [[-60, 2], [-58, 14], [-60, 30], [-76, 52], [-79, 96], [-76, 140], [-62, 152]];
  const outline = [...side, ...side.map(([px, py]) => [-px, py]).reverse()].map(([px, py]) => [x + px, y + py]);
  const water = outline.filter(([, py]) => py > y + 40);
  push();
  paint("#9fc0cc", 225, 0.04, 90, 0.3, 1, false);
  shape(outline, true);
  paint("#8fb4c4", 215, 0.04, 0, 0.4, 1, false);
  shape(outline, true);
  paint("#6f9fb8", 190, 0.05, 90, 0.4, 0.4, false);
  shape(water, true);
  paint("#557f9c", 200, 0.05, 180, 0.3, 0.4, false);
  blob(x, y + 5, 62, 6, 0.1);
  paint("#fdfdfa", 255, 0.06, 90, 0.1, 0, false);
  shape([[x - 62, y + 66], [x - 66, y + 100], [x - 62, y + 132], [x - 56, y + 130], [x - 58, y + 98], [x - 54, y + 66]]); pop();
}

function petal(angle, r, pale, deep) {
  const len = r * random(0.92, 1.12);
  const wid = r * random(0.17, 0.22);
  const lean = random(-8, 8);
  const rim = (t, s) => [s * wid * sin(180 * pow(t, 0.85)) + lean * t * t, -len * (0.22 + 0.78 * t)];
  const ts = [0, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, 1];
  push(); rotate(angle);
  paint(pale, 240, 0.06, 90, 0.3, 0.6);
  shape([...ts.map((t) => rim(t, -1)), ...ts.slice(1, -1).reverse().map((t) => rim(t, 1))]);
  paint(deep, 225, 0.06, 90, 0.4, 0.3);
  shape([...ts.map((t) => rim(t * 0.9, -0.6)), ...ts.slice(1, -1).reverse().map((t) => rim(t * 0.9, 0.6))]); pop();
}

function sunflower(x, y, r, tilt) {
  push(); translate(x, y); rotate(tilt); scale(1, 0.92);
  paint("#fdf3d2", 255, 0.06, 0, 0, 0, false);
  blob(0, 0, r * 0.8, r * 0.8, 0.1);
  for (let i = 0; i < 12; i++) petal(i * 30 + random(-5, 5), r, "#f6cf4a", "#e39a17");
  for (let i = 0; i < 10; i++) petal(i * 36 + random(-6, 6), r * 0.84, "#f7c62f", "#d9780f");
  for (const [k, colour] of [[0.46, "#8a4a1c"], [0.44, "#5a2a16"], [0.3, "#2e1712"], [0.28, "#2e1712"]]) {
    paint(colour, 255, 0.1, 90, 0.2, 0.4);
    blob(0, 0, r * k, r * k, 0.2);
  }
  pop();
  push(); translate(x, y); rotate(tilt);
  for (let i = 0; i < 46; i++) {
    const d = r * 0.44 * sqrt(random(0.1, 1));
    const a = random(360);
    seedDab(d * cos(a), d * sin(a), random(["#d9952f", "#2a130e", "#2a130e"]));
  }
  pop();
}

function seedDab(x, y, colour) {
  push();
  brush.set("charcoal", colour, random(1.6, 3));
  brush.spline([[x, y, 1], [x + 0.8, y + 0.6, 1], [x + 1.6, y + 0.8, 1]], 0.5);
  pop();
}
