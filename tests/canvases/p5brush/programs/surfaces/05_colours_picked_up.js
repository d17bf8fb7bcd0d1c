// Paints a wash, then picks colours from the sheet with get() and draws with them.
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#faf7f0");
  randomSeed(21);
  noStroke();
  for (let y = 0; y < 512; y += 8) {
    fill(lerpColor(color("#003049"), color("#fcbf49"), y / 512));
    rect(-256, y - 256, 512, 8);
  }
  for (let i = 0; i < 60; i++) {
    const x = floor(random(20, 492));
    const y = floor(random(20, 492));
    const [r, g, b] = get(x, 511 - y);
    brush.set(i % 2 ? "cpencil" : "marker", color(r, g, b), 2);
    brush.line(x - 256, y - 256, x - 226, y - 236);
  }
  const corner = get(0, 0, 128, 128);
  image(corner, 110, 110);
}
