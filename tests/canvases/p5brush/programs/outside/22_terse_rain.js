// rain on a window, street lights behind
let lights = [];

function setup() {
  createCanvas(400, 400, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(2);
  randomSeed(55);
  for (let i = 0; i < 14; i++) lights.push({ x: random(400), y: random(140, 330), r: random(12, 40) });
  noLoop();
}

function draw() {
  background("#22303c");
  translate(-200, -200);

  for (const { x, y, r } of lights) {
    brush.noStroke();
    brush.fill(random(["#ffb347", "#ff6961", "#fff3b0", "#77c3ec"]), 140);
    brush.fillBleed(0.25);
    brush.fillTexture(0.2, 0.1);
    brush.circle(x, y, r);
  }
  brush.noFill();

  // drops that run down
  brush.wiggle(4);
  for (let i = 0; i < 90; i++) {
    const x = random(400), y = random(-20, 340), l = random(15, 120);
    brush.set(random(["2H", "pen"]), random(["#b7c9d6", "#7d95a6"]), random(0.5, 1.2));
    brush.line(x, y, x + l * 0.06, y + l);
  }
  brush.noField();

  // frame
  brush.set("charcoal", "#0d1318", 3);
  brush.line(0, 6, 400, 6); brush.line(0, 394, 400, 394);
  brush.line(6, 0, 6, 400); brush.line(394, 0, 394, 400);
  brush.line(200, 0, 200, 400);
}
