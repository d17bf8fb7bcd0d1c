// subject: garden roses
// prompt: a rose in watercolour, one full bloom
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#fbf6ec");
  randomSeed(4);
  brush.noStroke();
  brush.fill("#7f9b6a", 180);
  brush.fillBleed(0.08, "out");
  brush.fillTexture(0.4, 0.5);
  brush.polygon([[-6, 40], [-14, 240], [14, 240], [8, 40]]);
  brush.fill("#6a8f63", 170);
  brush.polygon([[0, 150], [80, 90], [140, 110], [70, 160]]);
  brush.fill("#e7a0a8", 190);
  brush.fillBleed(0.18, "out");
  brush.circle(0, -40, 130, 0.4);
  brush.fill("#d0607a", 180);
  brush.circle(-10, -30, 84, 0.5);
  brush.fill("#a83a58", 190);
  brush.circle(8, -44, 44, 0.5);
}
