// fillTexture: texture and border at 0, 0.5 and 1, scatter on and off, opacities 1 to 255
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#fbf6ec");
  let n = 0;
  for (const texture of [0, 0.5, 1]) {
    for (const border of [0, 0.5, 1]) {
      brush.fill("#4a7c59", [255, 160, 60][n % 3]);
      brush.fillBleed(0.12);
      brush.fillTexture(texture, border, n % 2 === 0);
      brush.circle(-160 + (n % 3) * 160, -160 + floor(n / 3) * 160, 62);
      n++;
    }
  }
  brush.fill("#000000", 1);
  brush.fillTexture();
  brush.circle(0, 0, 40, true);
}
