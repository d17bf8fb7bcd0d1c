// addField in degrees and in radians, plain and of noise; shapes and fills inside them
function setup() {
  createCanvas(512, 512, WEBGL);
  randomSeed(8);
  noiseSeed(8);
  background("#fbf6ec");
  const each = (field, angle) => {
    for (let column = 0; column < field.length; column++) {
      for (let row = 0; row < field[0].length; row++) field[column][row] = angle(column, row);
    }
    return field;
  };
  brush.addField("slope", (t, field) => each(field, () => 20 + t));
  brush.addField("swirl", (t, field) => each(field, (c, r) => noise(c * 0.04, r * 0.04) * TWO_PI), { angleMode: "radians" });
  brush.addField("bowl", (t, field) => each(field, (c) => (c - 100) * 0.6), { angleMode: "degrees" });

  brush.set("HB", "#6a040f", 1);
  brush.field("slope");
  for (let i = 0; i < 8; i++) brush.flowLine(-240, -230 + i * 12, 160, 0);
  brush.refreshField(30);
  for (let i = 0; i < 8; i++) brush.flowLine(-60, -230 + i * 12, 120, 0);
  brush.field("swirl");
  brush.set("pen", "#023e8a", 1);
  for (let i = 0; i < 90; i++) brush.flowLine(random(-240, 240), random(-100, 90), 60, 0);
  brush.field("bowl");
  brush.set("2B", "#386641", 1.5);
  brush.fill("#a7c957", 150);
  brush.rect(-200, 130, 150, 90);
  brush.noFill();
  brush.hatch(8, 0.4);
  brush.circle(120, 170, 60);
}

function draw() {
  noLoop();
}
