/**
 * City at night, painted from a small table of building types.
 */
const makeRandomWalker = (start, spread) => {
  let value = start;
  return () => (value += random(-spread, spread));
};

const PAINTERS = {
  tower: ({ x, w, h }) => {
    brush.hatchStyle("marker", "#2c3e66", 0.7);
    brush.hatch(5, 0, { rand: 0.05 });
    brush.rect(x, 560 - h, w, h);
    brush.noHatch();
  },
  block: ({ x, w, h }) => {
    brush.hatchStyle("charcoal", "#3a4a78", 0.6);
    brush.hatch(6, 90, { continuous: true });
    brush.rect(x, 560 - h, w, h);
    brush.noHatch();
  },
  spire: ({ x, w, h }) => {
    brush.hatchStyle("2B", "#4b5fa0", 1);
    brush.hatch(4, 45);
    brush.beginShape();
    brush.vertex(x, 560);
    brush.vertex(x + w * 0.5, 560 - h * 1.2);
    brush.vertex(x + w, 560);
    brush.endShape(true);
    brush.noHatch();
  },
};

const lamp = (x, y) => {
  brush.set("spray", "#ffd873", 0.5);
  brush.line(x, y, x + 3, y);
  brush.set("marker", "#fff1c1", 0.9);
  brush.line(x, y, x + 2, y);
};

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  randomSeed(88);
  brush.scaleBrushes(3);
  noLoop();
}

function draw() {
  background("#141a33");
  translate(-width / 2, -height / 2);

  // moon
  brush.noStroke();
  brush.fill("#f5ecc6", 230);
  brush.fillBleed(0.08);
  brush.fillTexture(0.5, 0.2);
  brush.circle(140, 120, 46);
  brush.noFill();

  // stars
  for (let i = 0; i < 60; i++) {
    brush.set("pen", random(["#ffffff", "#cdd7ff", "#ffeec0"]), random(0.8, 1.8));
    const x = random(width);
    const y = random(330);
    brush.line(x, y, x + 2, y + 1);
  }

  // skyline
  const next = makeRandomWalker(190, 90);
  const names = Object.keys(PAINTERS);
  for (let x = -10; x < 600; ) {
    const w = random(44, 88);
    const h = constrain(abs(next()), 90, 330);
    brush.set("rotring", "#8fa3e0", 1);
    PAINTERS[random(names)]({ x, w, h });
    for (let k = 0; k < 5; k++) {
      lamp(x + random(8, w - 8), 560 - random(12, h * 0.8));
    }
    x += w + 4;
  }

  // reflections in the river
  for (let i = 0; i < 50; i++) {
    const y = 565 + random(34);
    const x = random(width);
    brush.set("cpencil", random(["#ffd873", "#5c73c4", "#31406f"]), 1);
    brush.line(x, y, x + random(12, 50), y);
  }
}
