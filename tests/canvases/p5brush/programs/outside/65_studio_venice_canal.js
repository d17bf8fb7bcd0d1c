/*
 * Venetian Canal
 * --------------
 * The longest of the series: four house fronts in watercolor, windows with
 * shutters, a bridge, a gondola with its gondolier, and broken reflections.
 *
 * Order of work:
 *   1. pencil sketch of the horizon and the edges of the canal
 *   2. sky
 *   3. house fronts, from far to near
 *   4. bridge
 *   5. water and reflections
 *   6. gondola
 *   7. details in ink
 */

const INK = "#2b2530";
const SKY = "#bcd3dd";
const WATER = "#3c7a78";
const HOUSES = [
  { x: -10, w: 130, top: 130, wall: "#d98c6a", shutter: "#3f6b57", rows: 3, columns: 2 },
  { x: 118, w: 96, top: 190, wall: "#e9c98f", shutter: "#5b4a7a", rows: 2, columns: 2 },
  { x: 386, w: 100, top: 180, wall: "#c9a2a0", shutter: "#34566b", rows: 2, columns: 2 },
  { x: 482, w: 134, top: 110, wall: "#c4694d", shutter: "#2f4a3d", rows: 3, columns: 2 },
];
const QUAY = 400;

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  noLoop();
}

function draw() {
  background("#f7f1e5");
  translate(-width / 2, -height / 2);
  randomSeed(1697);
  noiseSeed(1697);

  drawConstructionLines();
  drawSky();
  HOUSES.forEach(drawHouse);
  drawBridge();
  drawWater();
  HOUSES.forEach(drawReflection);
  drawGondola(330, 500, 1);
  drawMooringPoles();
  drawPigeons();
}

/* ------------------------------------------------------------------ */
/* 1. Sketch                                                           */
/* ------------------------------------------------------------------ */
function drawConstructionLines() {
  brush.set("2H", "#b9ab97", 0.8);
  brush.line(-10, QUAY, 610, QUAY);
  brush.line(300, 60, 300, 590);
  for (const house of HOUSES) {
    brush.line(house.x, house.top - 20, house.x, QUAY + 8);
    brush.line(house.x + house.w, house.top - 20, house.x + house.w, QUAY + 8);
  }
}

/* ------------------------------------------------------------------ */
/* 2. Sky                                                              */
/* ------------------------------------------------------------------ */
function drawSky() {
  brush.noStroke();
  brush.fill(SKY, 180);
  brush.fillBleed(0.2, "out", 270);
  brush.fillTexture(0.4, 0.1);
  brush.beginShape(0.3);
  brush.vertex(-20, -20);
  brush.vertex(620, -20);
  brush.vertex(620, 180);
  brush.vertex(400, 260);
  brush.vertex(200, 260);
  brush.vertex(-20, 180);
  brush.endShape(true);
  brush.noFill();
}

/* ------------------------------------------------------------------ */
/* 3. Houses                                                           */
/* ------------------------------------------------------------------ */
function drawHouse(house) {
  const { x, w, top, wall } = house;

  // opaque ground so that the sky does not shine through
  brush.noStroke();
  brush.wash("#f7f1e5", 255);
  brush.rect(x, top, w, QUAY - top);
  brush.noWash();

  // watercolor wall
  brush.fill(wall, 220);
  brush.fillBleed(0.03, "out");
  brush.fillTexture(0.6, 0.5);
  brush.rect(x, top, w, QUAY - top);
  brush.noFill();

  // outline and roof
  brush.set("2B", INK, 0.8);
  brush.line(x, top, x, QUAY);
  brush.line(x + w, top, x + w, QUAY);
  brush.wash("#a8553c", 255);
  brush.beginShape(0);
  brush.vertex(x - 8, top);
  brush.vertex(x + 10, top - 24);
  brush.vertex(x + w - 10, top - 24);
  brush.vertex(x + w + 8, top);
  brush.endShape(true);
  brush.noWash();

  drawWindows(house);
  drawDoor(house);
}

function drawWindows({ x, w, top, shutter, rows, columns }) {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const wx = x + w * (0.24 + 0.36 * c);
      const wy = top + 22 + r * 72;
      brush.set("pen", INK, 0.9);
      brush.wash("#4a4f5e", 255);
      brush.rect(wx, wy, 20, 38);
      brush.wash(shutter, 255);
      brush.rect(wx - 10, wy, 9, 38);
      brush.rect(wx + 21, wy, 9, 38);
      brush.noWash();
      brush.arc(wx + 10, wy, 10, 0, 180);
      if (random() < 0.4) drawFlowerBox(wx, wy + 38);
    }
  }
}

function drawFlowerBox(x, y) {
  brush.set("marker", "#6b4a2f", 0.7);
  brush.line(x - 4, y + 4, x + 24, y + 4);
  for (let k = 0; k < 7; k++) {
    brush.set("marker", random(["#d1495b", "#e8a2b8", "#f3d34a"]), 0.7);
    const fx = x + random(-4, 24);
    brush.line(fx, y, fx + 1, y - random(2, 6));
  }
}

function drawDoor({ x, w }) {
  const dx = x + w / 2 - 12;
  brush.set("pen", INK, 1);
  brush.wash("#3a2a20", 255);
  brush.beginShape(0.3);
  brush.vertex(dx, QUAY);
  brush.vertex(dx, QUAY - 40);
  brush.vertex(dx + 12, QUAY - 54);
  brush.vertex(dx + 24, QUAY - 40);
  brush.vertex(dx + 24, QUAY);
  brush.endShape(true);
  brush.noWash();
}

/* ------------------------------------------------------------------ */
/* 4. Bridge                                                           */
/* ------------------------------------------------------------------ */
function drawBridge() {
  brush.set("2B", INK, 1);
  brush.wash("#cfc3b0", 255);
  brush.beginShape(0.4);
  brush.vertex(205, 372);
  brush.vertex(255, 336);
  brush.vertex(300, 326);
  brush.vertex(345, 336);
  brush.vertex(395, 372);
  brush.vertex(395, 398);
  brush.vertex(350, 372);
  brush.vertex(300, 358);
  brush.vertex(250, 372);
  brush.vertex(205, 398);
  brush.endShape(true);
  brush.noWash();
  brush.set("rotring", INK, 0.9);
  for (let x = 216; x <= 384; x += 14) {
    const y = 328 + pow((x - 300) / 95, 2) * 40;
    brush.line(x, y, x, y - 16);
  }
  brush.spline([[206, 354, 1], [255, 322, 1], [300, 311, 1], [345, 322, 1], [394, 354, 1]], 0.6);
}

/* ------------------------------------------------------------------ */
/* 5. Water                                                            */
/* ------------------------------------------------------------------ */
function drawWater() {
  brush.noStroke();
  brush.wash(WATER, 215);
  brush.rect(-5, QUAY, 610, 206);
  brush.noWash();
  brush.field("curved");
  for (let i = 0; i < 60; i++) {
    const y = random(QUAY + 4, 596);
    brush.set("cpencil", random(["#2b5c5c", "#6fa8a0", "#1f4548"]), map(y, QUAY, 600, 0.8, 1.8));
    brush.flowLine(random(-30, 560), y, map(y, QUAY, 600, 24, 120), 0);
  }
  brush.noField();
}

function drawReflection({ x, w, wall }) {
  for (let k = 0; k < 8; k++) {
    const y = QUAY + 8 + k * 11;
    const shrink = k * 3;
    brush.set("pastel", wall, 0.6);
    brush.line(x + shrink + random(0, 12), y, x + w - shrink - random(0, 12), y);
  }
}

/* ------------------------------------------------------------------ */
/* 6. Gondola                                                          */
/* ------------------------------------------------------------------ */
function drawGondola(x, y, s) {
  push();
  translate(x, y);
  scale(s);
  brush.set("2B", "#0f0d12", 1.2);
  brush.wash("#17141c", 255);
  brush.beginShape(0.5);
  brush.vertex(-150, -34);
  brush.vertex(-120, 0);
  brush.vertex(-40, 20);
  brush.vertex(60, 20);
  brush.vertex(130, 0);
  brush.vertex(160, -44);
  brush.vertex(118, -8);
  brush.vertex(40, 4);
  brush.vertex(-60, 4);
  brush.endShape(true);
  brush.wash("#a3243b", 255);
  brush.rect(-30, -14, 60, 16);
  brush.noWash();

  // gondolier
  brush.set("marker", "#17141c", 1.2);
  brush.line(92, -6, 90, -40);
  brush.line(98, -6, 98, -40);
  brush.wash("#f4efe4", 255);
  brush.rect(84, -74, 20, 34);
  brush.noWash();
  brush.set("pen", "#1d3b6b", 1.4);
  for (let k = 0; k < 5; k++) brush.line(85, -70 + k * 7, 103, -70 + k * 7);
  brush.noStroke();
  brush.wash("#d9a47f", 255);
  brush.circle(94, -83, 8);
  brush.wash("#e6c25a", 255);
  brush.rect(80, -93, 28, 5);
  brush.noWash();
  brush.set("rotring", "#4a3423", 1.6);
  brush.line(70, -80, 150, 34);
  pop();
}

/* ------------------------------------------------------------------ */
/* 7. Details                                                          */
/* ------------------------------------------------------------------ */
function drawMooringPoles() {
  for (const [x, y, h] of [[40, 560, 150], [66, 580, 120], [556, 570, 160]]) {
    brush.set("marker", "#e9e2d2", 2);
    brush.line(x, y, x, y - h);
    brush.set("marker", "#274690", 1);
    for (let k = 0; k < h - 10; k += 16) brush.line(x - 4, y - k, x + 4, y - k - 8);
  }
}

function drawPigeons() {
  brush.set("pen", INK, 1);
  for (let i = 0; i < 9; i++) {
    const x = random(210, 390);
    const y = random(60, 240);
    const s = random(4, 9);
    brush.line(x, y, x - s, y - s * 0.6);
    brush.line(x, y, x + s, y - s * 0.5);
  }
}
