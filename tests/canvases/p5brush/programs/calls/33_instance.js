// instance mode: brush.instance, p's own methods, brush marks without a prefix
new p5((p) => {
  brush.instance(p);

  p.setup = () => {
    p.createCanvas(512, 512, p.WEBGL);
    p.angleMode(p.DEGREES);
    p.randomSeed(33);
    p.background("#fbf6ec");
    brush.scaleBrushes(2);
  };

  p.draw = () => {
    p.push();
    p.rotate(20);
    brush.fill("#3a86ff", 180);
    brush.rect(-120, -120, 160, 160);
    p.pop();
    brush.set("2B", "#ff006e", 1.5);
    brush.hatch(8, 45);
    brush.circle(90, 90, 80);
    p.noLoop();
  };
});
