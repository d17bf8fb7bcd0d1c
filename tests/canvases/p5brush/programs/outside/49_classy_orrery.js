/**
 * Orrery: a solar system as nested objects with their own matrices.
 */
class Body {
  constructor({ name, radius, orbit = 0, angle = 0, tint = "#ffffff", rings = false, moons = [] }) {
    Object.assign(this, { name, radius, orbit, angle, tint, rings });
    this.moons = moons.map((options) => new Body(options));
  }

  draw(depth = 0) {
    push();
    this.drawOrbit(depth);
    rotate(this.angle);
    translate(this.orbit, 0);
    this.drawDisc();
    if (this.rings) this.drawRings();
    this.moons.forEach((moon) => moon.draw(depth + 1));
    pop();
  }

  drawOrbit(depth) {
    if (this.orbit === 0) return;
    brush.set(depth > 1 ? "2H" : "rotring", "#6f7fae", depth > 1 ? 0.6 : 0.9);
    brush.circle(0, 0, this.orbit);
  }

  drawDisc() {
    brush.noStroke();
    brush.wash(this.tint, 255);
    brush.circle(0, 0, this.radius);
    brush.noWash();
    brush.set("charcoal", "#0a0f24", 0.5);
    brush.hatch(4, 60, { gradient: 0.8 });
    brush.beginShape(0.7);
    brush.vertex(0, -this.radius);
    brush.vertex(this.radius, 0);
    brush.vertex(0, this.radius);
    brush.endShape();
    brush.noHatch();
  }

  drawRings() {
    brush.set("pen", "#ead7a4", 1.2);
    push();
    rotate(0.5);
    scale(1, 0.3);
    for (let r = 1.5; r < 2.1; r += 0.2) brush.circle(0, 0, this.radius * r);
    pop();
  }
}

const system = {
  name: "sun",
  radius: 34,
  tint: "#ffc145",
  moons: [
    { name: "mercury", radius: 6, orbit: 62, angle: 0.6, tint: "#b5a397" },
    { name: "venus", radius: 10, orbit: 96, angle: 2.4, tint: "#e8b97e" },
    { name: "earth", radius: 11, orbit: 138, angle: 4.4, tint: "#3f8fd2", moons: [{ name: "moon", radius: 4, orbit: 20, angle: 1, tint: "#d7d7d7" }] },
    { name: "mars", radius: 8, orbit: 176, angle: 5.6, tint: "#d1603d" },
    { name: "saturn", radius: 18, orbit: 238, angle: 3.5, tint: "#dcc08a", rings: true },
  ],
};

function setup() {
  createCanvas(600, 600, WEBGL);
  brush.scaleBrushes(3);
  randomSeed(3);
}

function draw() {
  background("#0d1433");
  for (let i = 0; i < 120; i++) {
    const v = createVector(random(-300, 300), random(-300, 300));
    brush.set("pen", random(["#8fa0d8", "#ffffff"]), random(0.5, 1.2));
    brush.line(v.x, v.y, v.x + 1, v.y + 1);
  }
  new Body(system).draw();
  noLoop();
}
