// The colours of a sunset, one band after the other, without land or sun.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(7);
  noiseSeed(7);
  background("#fcf3e0");
  const top = ["#7a6f9c", "#b06f8c", "#dd8476", "#f0a266", "#f5b765", "#f8d492"];
  noStroke();
  for (let y = 0; y < 512; y += 2) {
    const t = (y / 512) * (top.length - 1);
    const i = min(top.length - 2, floor(t));
    fill(lerpColor(color(top[i]), color(top[i + 1]), t - i));
    rect(-256, y - 256, 512, 2);
  }
}

function draw() {
  noLoop();
}
