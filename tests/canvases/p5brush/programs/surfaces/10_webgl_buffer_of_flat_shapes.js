// A WEBGL buffer with its own transformations and colours, stamped around the sheet.
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#fbf7f4");
  const flower = createGraphics(120, 120, WEBGL);
  flower.colorMode(HSB, 360, 100, 100);
  flower.noStroke();
  for (let i = 0; i < 8; i++) {
    flower.push();
    flower.rotate((TWO_PI * i) / 8);
    flower.fill(330 + 3 * i, 50 + 4 * i, 90);
    flower.ellipse(0, -32, 22, 44);
    flower.pop();
  }
  flower.fill(45, 80, 95);
  flower.circle(0, 0, 26);
  for (let i = 0; i < 12; i++) {
    const a = (TWO_PI * i) / 12;
    image(flower, 170 * cos(a) - 60, 170 * sin(a) - 60);
  }
  brush.set("charcoal", "#3a5a40", 1.2);
  brush.circle(0, 0, 170);
  brush.fill("#a3b18a", 140);
  brush.circle(0, 0, 70);
}

function draw() {
  noLoop();
}
