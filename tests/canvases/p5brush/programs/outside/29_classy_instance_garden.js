/**
 * The same garden in instance mode: one closure holds the sketch.
 */
const garden = (p) => {
  brush.instance(p);

  const palette = {
    soil: "#7f5539",
    leaf: ["#606c38", "#283618", "#8a9a5b"],
    bloom: ["#ff9f1c", "#e71d36", "#8338ec", "#ff70a6"],
  };

  const plant = (x, height) => {
    const top = 520 - height;
    brush.set("2B", p.random(palette.leaf), 1.6);
    brush.spline([[x, 520, 1], [x + p.random(-14, 14), (520 + top) / 2, 1], [x, top, 0.7]], 0.6);
    for (let y = 500; y > top + 30; y -= 26) {
      const side = p.random([-1, 1]);
      brush.spline([[x, y, 1], [x + side * 18, y - 14, 1.3], [x + side * 36, y - 10, 0.3]], 0.7);
    }
    return { x, y: top };
  };

  const daisy = ({ x, y }) => {
    const tint = p.random(palette.bloom);
    const petals = p.floor(p.random(7, 12));
    for (let i = 0; i < petals; i++) {
      p.push();
      p.translate(x, y);
      p.rotate((i * p.TWO_PI) / petals);
      brush.noStroke();
      brush.wash(tint, 190);
      brush.beginShape(0.7);
      brush.vertex(0, -5);
      brush.vertex(-9, -26);
      brush.vertex(0, -42);
      brush.vertex(9, -26);
      brush.endShape(true);
      brush.noWash();
      p.pop();
    }
    brush.set("charcoal", "#5a3e1b", 1);
    brush.circle(x, y, 6);
  };

  p.setup = () => {
    p.createCanvas(600, 600, p.WEBGL);
    p.randomSeed(66);
    brush.scaleBrushes(3);
    p.noLoop();
  };

  p.draw = () => {
    p.background("#eef5db");
    p.translate(-300, -300);

    brush.noStroke();
    brush.fill(palette.soil, 180);
    brush.fillBleed(0.15, "out");
    brush.fillTexture(0.6, 0.5);
    brush.rect(-10, 510, 620, 100);
    brush.noFill();

    const tops = [];
    for (let x = 60; x <= 540; x += 60) tops.push(plant(x, p.random(130, 380)));
    tops.forEach(daisy);
  };
};

new p5(garden);
