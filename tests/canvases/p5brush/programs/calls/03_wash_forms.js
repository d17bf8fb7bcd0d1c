// wash: opacities, overlaps, all shapes that take it, switched on and off
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#f4efe6");
  brush.wash("#1d6fa5", 255);
  brush.rect(-220, -220, 160, 160);
  brush.wash("#e0a030", 120);
  brush.circle(-80, -80, 90);
  brush.wash(190, 40, 60, 90);
  brush.beginShape(0.8);
  brush.vertex(20, -200);
  brush.vertex(200, -140);
  brush.vertex(120, -20);
  brush.endShape(true);
  brush.wash(60, 130);
  brush.polygon([[-200, 40], [-60, 20], [-20, 200], [-180, 220]]);
  brush.noWash();
  brush.circle(100, 100, 200); // nothing is on: draws nothing
  brush.wash("#2a9d8f");
  brush.rect(120, 120, 120, 180, "center");
  brush.wash("#ffffff", 0);
  brush.circle(120, 120, 50);
}

function draw() {
  noLoop();
}
