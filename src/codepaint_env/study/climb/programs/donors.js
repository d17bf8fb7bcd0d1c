// Statements that a mutation may put into another program: each works wherever it stands.
function setup() {
  brush.noStroke();
  brush.noFill();
  brush.noHatch();
  brush.noField();
  brush.fill("#3f6ea8", 140);
  brush.fill("#c8454f", 200);
  brush.fill("#e6b04a", 170);
  brush.fill("#4d7f5b", 220);
  brush.fillBleed(0.05, "out");
  brush.fillBleed(0.3, "out");
  brush.fillTexture(0.2, 0.2);
  brush.fillTexture(0.7, 0.7);
  brush.wash("#dfe8ec", 120);
  brush.noWash();
  brush.set("2B", "#40352f", 1);
  brush.set("cpencil", "#7b4a5f", 2);
  brush.set("marker", "#9fb6c9", 3);
  brush.set("charcoal", "#5a544e", 2);
  brush.hatch(8, 45, { rand: 0.2 });
  brush.field("seabed");
  brush.circle(-120, -120, 60, 0.5);
  brush.circle(120, 60, 90, 0.3);
  brush.circle(0, 0, 30);
  brush.rect(-230, -230, 460, 200);
  brush.rect(-230, 60, 460, 160);
  brush.polygon([[0, -160], [110, -20], [40, 150], [-60, 120], [-130, -30]]);
  brush.polygon([[-20, 0], [60, -120], [150, -60], [80, 30]]);
  brush.line(-200, 100, 200, 80);
  brush.spline([[-180, 60, 0.6], [-40, -90, 1], [150, -40, 0.4]], 0.5);
  brush.flowLine(-200, 0, 360, 20);
  translate(40, -30);
  translate(-60, 20);
  rotate(30);
  scale(0.8);
  scale(1.2);
  for (let i = 0; i < 6; i++) {
    rotate(60);
    brush.circle(0, 90, 26, 0.4);
  }
  for (let i = 0; i < 8; i++) brush.circle(random(-200, 200), random(-200, 200), random(8, 40));
  for (let i = 0; i < 5; i++) brush.line(random(-220, 220), 220, random(-220, 220), random(-100, 100));
}
