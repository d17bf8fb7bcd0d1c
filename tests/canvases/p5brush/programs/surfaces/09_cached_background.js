// The background is drawn once into a buffer of flat shapes; each frame starts from it.
class Backdrop {
  constructor(w, h) {
    this.layer = createGraphics(w, h);
    const g = this.layer;
    g.background("#e8e1d3");
    g.noStroke();
    for (let i = 0; i < 12; i++) {
      g.fill(120 + i * 8, 130 + i * 6, 110 + i * 5, 90);
      g.beginShape();
      g.vertex(0, h);
      for (let x = 0; x <= w; x += 16) g.vertex(x, h * (0.25 + i * 0.06) + 26 * noise(x * 0.008, i) - 20);
      g.vertex(w, h);
      g.endShape(CLOSE);
    }
    g.fill("#f2cc8f");
    g.rect(360, 60, 70, 70);
  }

  show() {
    push();
    resetMatrix();
    image(this.layer, -width / 2, -height / 2);
    pop();
  }
}

let backdrop;

function setup() {
  createCanvas(512, 512, WEBGL);
  noiseSeed(2);
  backdrop = new Backdrop(width, height);
}

function draw() {
  backdrop.show();
  brush.set("pen", "#3d405b", 1.2);
  for (let x = -200; x <= 200; x += 50) brush.line(x, 200, x + 10, 40);
  brush.noStroke();
  brush.wash("#81b29a", 150);
  brush.circle(-120, 40, 50);
  noLoop();
}
