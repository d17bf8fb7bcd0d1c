// A dahlia in autumn colours: the petals turn through the whole wheel at full strength.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(97); noiseSeed(97);
  background("#fff04a");
  blob(0, 0, 230, 230, "#00d8c8", 240);
  const colours = ["#ff1f8f", "#ff5a00", "#7a00ff", "#00c02a", "#ff0022"];
  for (let ring = 0; ring < 5; ring++) {
    const count = 16 - ring * 2;
    for (let i = 0; i < count; i++) petal(i * 360 / count + ring * 11, 190 - ring * 34, 34 - ring * 3, colours[(ring + i) % 5]);
  }
  blob(0, 0, 26, 26, "#2a00ff", 250);
  leaf(-150, 190, -30, "#00ff3c");
  leaf(150, 190, 210, "#00ff3c");
}

function draw() { noLoop(); }

function paint(colour, opacity) {
  brush.fill(colour, opacity);
  brush.fillBleed(0.04, "out");
  brush.fillTexture(0.15, 0.5);
}

function blob(x, y, rx, ry, colour, opacity) {
  push();
  paint(colour, opacity);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 20) brush.vertex(x + rx * cos(a), y + ry * sin(a));
  brush.endShape(true);
  pop();
}

function petal(angle, len, wid, colour) {
  push(); rotate(angle);
  paint(colour, 245);
  brush.beginShape(0.5);
  for (const [x, y] of [[0, 0], [-wid, -len * 0.55], [-wid * 0.6, -len * 0.9], [0, -len], [wid * 0.6, -len * 0.9], [wid, -len * 0.55]]) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function leaf(x, y, angle, colour) {
  push(); translate(x, y); rotate(angle);
  paint(colour, 245);
  brush.beginShape(0.5);
  for (const [px, py] of [[-70, 0], [-20, -30], [40, -26], [80, 0], [40, 26], [-20, 30]]) brush.vertex(px, py);
  brush.endShape(true);
  pop();
}
