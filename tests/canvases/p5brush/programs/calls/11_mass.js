// mass: each option, several brushes, on shapes and through massArray with a hole
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#f4efe6");
  brush.scaleBrushes(2);
  brush.noStroke();
  brush.mass("charcoal", "#33415c");
  brush.circle(-160, -160, 70);
  brush.mass("2B", "#7f4f24", { precision: 1, strength: 0.3 });
  brush.rect(-60, -230, 120, 140);
  brush.mass("pastel", "#bc4749", { precision: 0, strength: 1, gradient: 0.8 });
  brush.circle(160, -160, 66);
  brush.set("HB", "#333333", 1);
  brush.mass("crayon", "#386641", { precision: 0.55, strength: 0.9, gradient: 0.35, outline: true });
  brush.beginShape(0.4);
  brush.vertex(-230, 60);
  brush.vertex(-120, 10);
  brush.vertex(-40, 120);
  brush.vertex(-140, 220);
  brush.endShape(true);
  brush.noStroke();
  brush.mass("cpencil", "#5f0f40", { strength: 0.6 });
  const outer = new brush.Polygon([[20, 20], [230, 20], [230, 230], [20, 230]]);
  const inner = new brush.Polygon([[90, 90], [170, 90], [170, 170], [90, 170]]);
  brush.massArray([outer, inner]);
  brush.noMass();
  brush.circle(0, 0, 90);
}

function draw() {
  noLoop();
}
