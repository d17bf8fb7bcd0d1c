/**
 * Birch forest: depth is a number from 0 (far) to 1 (near).
 */
class Birch {
  constructor(depth) {
    this.depth = depth;
    this.x = random(-20, width + 20);
    this.w = lerp(6, 34, depth);
    this.base = lerp(360, 620, depth);
    this.lean = random(-0.06, 0.06);
    this.tone = lerpColor(color("#dfe4e0"), color("#f8f6f0"), depth);
  }

  /** x of the trunk's middle at height y. */
  at(y) {
    return this.x + (this.base - y) * this.lean;
  }

  draw() {
    const { w, base } = this;
    brush.noStroke();
    brush.wash(this.tone, 255);
    brush.beginShape(0.1);
    brush.vertex(this.at(-10) - w * 0.4, -10);
    brush.vertex(this.at(-10) + w * 0.4, -10);
    brush.vertex(this.at(base) + w * 0.55, base);
    brush.vertex(this.at(base) - w * 0.55, base);
    brush.endShape(true);
    brush.noWash();
    this.bark();
  }

  bark() {
    const marks = floor(lerp(5, 16, this.depth));
    for (let i = 0; i < marks; i++) {
      const y = random(0, this.base);
      const half = this.w * random(0.1, 0.45);
      const side = random([-1, 1]);
      const x = this.at(y) + side * this.w * 0.3;
      brush.set("charcoal", lerpColor(color("#9aa39c"), color("#22201e"), this.depth), lerp(0.4, 1.1, this.depth));
      brush.line(x - half, y, x + half, y + random(-2, 2));
    }
    brush.set("2B", "#55554f", lerp(0.5, 1.2, this.depth));
    brush.line(this.at(-10) + this.w * 0.4, -10, this.at(this.base) + this.w * 0.55, this.base);
  }
}

class Undergrowth {
  constructor(depth) {
    this.depth = depth;
    this.y = lerp(360, 620, depth);
  }

  draw() {
    const far = color("#c2b280");
    const near = color("#7a4e22");
    for (let i = 0; i < 26; i++) {
      const x = random(width);
      const h = lerp(10, 46, this.depth) * random(0.5, 1);
      brush.set("cpencil", lerpColor(far, near, this.depth), lerp(0.8, 1.8, this.depth));
      brush.spline([[x, this.y, 1], [x + h * 0.1, this.y - h * 0.6, 0.8], [x + random(-h, h) * 0.6, this.y - h, 0.3]], 0.6);
    }
  }
}

function setup() {
  createCanvas(600, 600, WEBGL);
  brush.scaleBrushes(3);
  randomSeed(404);
  noiseSeed(404);
}

function draw() {
  background("#d9c58f");
  translate(-width / 2, -height / 2);

  // autumn light between the trunks
  brush.noStroke();
  for (const [x, y, r, tint] of [[180, 160, 100, "#f2c14e"], [430, 260, 110, "#e08e45"]]) {
    brush.fill(tint, 130);
    brush.fillBleed(0.35, "out");
    brush.fillTexture(0.4, 0.1);
    brush.circle(x, y, r);
  }
  brush.noFill();

  const layers = 5;
  for (let i = 0; i < layers; i++) {
    const depth = i / (layers - 1);
    new Undergrowth(depth).draw();
    const count = [6, 5, 4, 3, 2][i];
    for (let k = 0; k < count; k++) new Birch(depth).draw();
  }
  noLoop();
}
