function setup() {
  createCanvas(600, 600, WEBGL);
  noLoop();
}

function draw() {
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(3);
  background("#efe7dc");

  // 1. Wall, brick by brick
  for (let row = 0; row < 11; row++) {
    for (let col = 0; col < 9; col++) {
      let x = col * 76 - 30 + (row % 2) * 38;
      let y = row * 38 + 6;
      if (random() < 0.55) {
        brush.set("2H", "#b98a74", 1);
        brush.hatchStyle("cpencil", random(["#c79d86", "#b9826a", "#d3ab94"]), 1.2);
        brush.hatch(6, random(-0.3, 0.3), { rand: 0.2, continuous: false, gradient: false });
        brush.rect(x, y, 70, 32);
        brush.noHatch();
      }
    }
  }

  // 2. Street
  brush.noStroke();
  brush.wash("#8d8a86", 255);
  brush.rect(-5, 470, 610, 135);
  brush.noWash();
  brush.set("charcoal", "#6d6a66", 0.8);
  brush.line(-10, 474, 610, 470);
  brush.line(-10, 520, 610, 524);
  brush.line(-10, 566, 610, 560);

  // 3. Wheels
  brush.set("marker", "#22262b", 1.6);
  brush.circle(180, 420, 92);
  brush.circle(430, 420, 92);
  brush.set("rotring", "#5c6269", 1);
  brush.circle(180, 420, 84);
  brush.circle(430, 420, 84);
  for (let i = 0; i < 18; i++) {
    let a = (i * TWO_PI) / 18;
    brush.line(180, 420, 180 + 84 * cos(a), 420 + 84 * sin(a));
    brush.line(430, 420, 430 + 84 * cos(a), 420 + 84 * sin(a));
  }

  // 4. Frame
  brush.set("marker", "#0f7173", 2);
  brush.line(180, 420, 250, 290);
  brush.line(250, 290, 390, 290);
  brush.line(390, 290, 290, 420);
  brush.line(290, 420, 250, 290);
  brush.line(180, 420, 290, 420);
  brush.line(390, 290, 430, 420);
  brush.line(390, 290, 380, 250);
  brush.line(250, 290, 240, 256);

  // 5. Saddle, handlebar, chain
  brush.set("2B", "#2a1a12", 1);
  brush.wash("#6d4026", 255);
  brush.beginShape(0.6);
  brush.vertex(206, 248);
  brush.vertex(270, 244);
  brush.vertex(284, 254);
  brush.vertex(240, 264);
  brush.endShape(true);
  brush.noWash();
  brush.set("marker", "#22262b", 1.2);
  brush.spline([[350, 236, 0.8], [384, 246, 1], [410, 240, 1], [404, 268, 0.8]], 0.8);
  brush.set("charcoal", "#3a3a3a", 0.7);
  brush.circle(290, 420, 24);
  brush.circle(180, 420, 12);
  brush.line(290, 396, 180, 408);
  brush.line(290, 444, 180, 432);
  brush.line(290, 420, 306, 452);

  // 6. Basket with flowers
  brush.set("pen", "#5a3d22", 1.2);
  brush.hatchStyle("2B", "#a8753f", 1);
  brush.hatch(8, PI / 4, { rand: 0.1, continuous: false, gradient: false });
  brush.beginShape(0.1);
  brush.vertex(400, 250);
  brush.vertex(490, 250);
  brush.vertex(478, 320);
  brush.vertex(412, 320);
  brush.endShape(true);
  brush.noHatch();
  for (let i = 0; i < 14; i++) {
    let x = random(404, 486);
    let y = random(190, 244);
    brush.set("2B", "#4c7a3a", 1);
    brush.line(x, y, lerp(x, 445, 0.4), 252);
    brush.noStroke();
    brush.wash(random(["#e63970", "#f4a6c0", "#ffd23f", "#f26419"]), 235);
    brush.circle(x, y, random(7, 13), true);
    brush.noWash();
  }

  // 7. Shadow
  brush.noStroke();
  brush.hatchStyle("charcoal", "#3d3a38", 0.6);
  brush.hatch(5, 0.05, { rand: 0.3, continuous: false, gradient: false });
  brush.beginShape(0.8);
  brush.vertex(90, 520);
  brush.vertex(300, 510);
  brush.vertex(540, 520);
  brush.vertex(300, 536);
  brush.endShape(true);
  brush.noHatch();
}
