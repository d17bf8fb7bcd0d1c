/**
 * Moon phases around a circle, colours from HSB.
 */
const settings = {
  count: 12,
  orbit: 205,
  radius: 40,
};

const label = (i) => `phase-${i}`;

async function setup() {
  createCanvas(600, 600, WEBGL);
  colorMode(HSB, 360, 100, 100, 1);
  angleMode(DEGREES);
  randomSeed(90);
  await Promise.resolve();
  brush.scaleBrushes(3);
}

function phaseShape(r, phase) {
  const edge = cos(phase);
  brush.beginShape(0.6);
  for (let a = -90; a <= 90; a += 22.5) brush.vertex(r * cos(a), r * sin(a));
  for (let a = 67.5; a >= -67.5; a -= 22.5) brush.vertex(r * edge * cos(a), r * sin(a));
  brush.endShape(true);
}

function draw() {
  background(230, 60, 18);
  const phases = new Map();
  for (let i = 0; i < settings.count; i++) {
    phases.set(label(i), (i * 360) / settings.count);
  }

  brush.noStroke();
  for (const [name, phase] of phases) {
    push();
    rotate(phase);
    translate(0, -settings.orbit);
    rotate(-phase);
    const hue = map(phase, 0, 360, 40, 60);
    brush.wash(color(235, 40, 30), 255);
    brush.circle(0, 0, settings.radius);
    brush.wash(color(hue, 25, 96), 245);
    if (name !== label(0)) phaseShape(settings.radius * 0.96, phase);
    brush.noWash();
    brush.set("2H", color(hue, 10, 80), 1);
    brush.circle(0, 0, settings.radius + 4);
    brush.noStroke();
    pop();
  }

  // the orbit and its ticks
  brush.set("pen", color(45, 40, 85), 1);
  brush.circle(0, 0, settings.orbit - 62);
  for (let a = 0; a < 360; a += 6) {
    push();
    rotate(a);
    brush.line(0, -138, 0, a % 30 === 0 ? -122 : -132);
    pop();
  }

  // sun in the middle
  for (let i = 0; i < 48; i++) {
    const a = i * 7.5;
    brush.set("cpencil", color(random(30, 52), 80, 98), random(0.8, 2));
    const r = random(60, 104);
    brush.line(34 * cos(a), 34 * sin(a), r * cos(a), r * sin(a));
  }
  brush.noStroke();
  brush.fill(color(42, 85, 100), 220);
  brush.fillBleed(0.1);
  brush.circle(0, 0, 40);
  noLoop();
}
