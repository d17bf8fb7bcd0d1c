/*
 * Umbrellas in the Rain
 * ---------------------
 * Five people seen from behind, wet pavement, rain as thin pencil lines.
 */

const UMBRELLAS = ["#c1121f", "#fdc500", "#00509d", "#6a994e", "#9d4edd"];
const COATS = ["#2b2d42", "#3a3a3a", "#4a4e69", "#22223b", "#403d39"];

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  noLoop();
}

function draw() {
  background("#d5dbe1");
  translate(-width / 2, -height / 2);
  randomSeed(99);
  noiseSeed(99);

  drawHouses();
  drawPavement();
  const people = [[100, 430, 0.8], [220, 470, 1], [345, 450, 0.9], [450, 500, 1.15], [540, 430, 0.75]];
  people.forEach(([x, y, s], i) => {
    drawReflection(x, y, s, UMBRELLAS[i]);
    drawPerson(x, y, s, UMBRELLAS[i], COATS[i]);
  });
  drawRain();
}

function drawHouses() {
  for (let i = 0; i < 6; i++) {
    const x = i * 102 - 4;
    const h = random(210, 300);
    brush.set("2H", "#6d7b88", 1);
    brush.hatchStyle("2H", "#8d9aa6", 1);
    brush.hatch(random(8, 13), random([0, 90, 45]), { rand: 0.1, continuous: false, gradient: 0 });
    brush.rect(x, 380 - h, 98, h);
    brush.noHatch();
    brush.set("pen", "#57636e", 0.9);
    for (let k = 0; k < 3; k++) brush.rect(x + 14 + k * 28, 410 - h, 16, 28);
  }
}

function drawPavement() {
  brush.noStroke();
  brush.wash("#9aa5af", 200);
  brush.rect(-4, 380, 608, 226);
  brush.noWash();
  brush.field("hand");
  for (let y = 390; y < 600; y += 14) {
    brush.set("cpencil", "#7d8994", 1.2);
    brush.flowLine(random(-30, 60), y, random(380, 640), 0);
  }
  brush.noField();
}

function drawPerson(x, y, s, umbrella, coat) {
  // legs
  brush.set("marker", "#1d1e26", 1.2 * s);
  brush.line(x - 10 * s, y, x - 12 * s, y + 62 * s);
  brush.line(x + 10 * s, y, x + 13 * s, y + 60 * s);
  // coat
  brush.set("2B", "#15161c", 1);
  brush.wash(coat, 255);
  brush.beginShape(0.5);
  brush.vertex(x - 20 * s, y - 70 * s);
  brush.vertex(x + 20 * s, y - 70 * s);
  brush.vertex(x + 34 * s, y + 16 * s);
  brush.vertex(x - 34 * s, y + 16 * s);
  brush.endShape(true);
  brush.noWash();
  // pole
  brush.set("rotring", "#111111", 1.4);
  brush.line(x + 8 * s, y - 30 * s, x + 2 * s, y - 168 * s);
  // umbrella
  brush.set("pen", "#20121a", 1.2);
  brush.wash(umbrella, 250);
  brush.beginShape(0.6);
  brush.vertex(x - 72 * s, y - 86 * s);
  brush.vertex(x - 48 * s, y - 136 * s);
  brush.vertex(x, y - 158 * s);
  brush.vertex(x + 48 * s, y - 136 * s);
  brush.vertex(x + 72 * s, y - 86 * s);
  brush.vertex(x, y - 96 * s);
  brush.endShape(true);
  brush.noWash();
  for (const k of [-36, 0, 36]) {
    brush.spline([[x, y - 158 * s, 0.6], [x + k * 0.8 * s, y - 130 * s, 1], [x + k * s, y - 92 * s, 0.6]], 0.6);
  }
}

function drawReflection(x, y, s, colour) {
  brush.set("pastel", colour, 0.8 * s);
  for (let k = 0; k < 6; k++) {
    const yy = y + 74 * s + k * 12;
    brush.line(x - (40 - k * 5) * s, yy, x + (40 - k * 5) * s, yy + random(-2, 2));
  }
}

function drawRain() {
  for (let i = 0; i < 170; i++) {
    const x = random(-20, 640);
    const y = random(-20, 590);
    brush.set("2H", random(["#f2f6f9", "#aab8c4", "#8797a5"]), random(0.6, 1.1));
    brush.line(x, y, x - 7, y + random(18, 42));
  }
}
