// Rings that show nothing.
// subject: none
// prompt: rings of colour
const composition = "one"; // one of: one, of one middle, three apart, linked
const hue = 20; // 0 to 359
const chroma = 0.12; // 0.02 to 0.20
const light = 0.60; // 0.25 to 0.85
const ground = 0.97; // 0.88 to 1.00
const opacity = 160; // 60 to 255
const bleed = 0.15; // 0.02 to 0.40
const grain = 0.40; // 0.00 to 0.80
const seed = 5; // seed

function setup() {
  begin();
  const size = random(60, 180);
  if (composition === "one") ring(random(-50, 50), random(-50, 50), size, 0);
  if (composition === "of one middle") for (let i = 1; i < 6; i++) ring(0, 0, 42 * i, 20 * i);
  if (composition === "three apart") for (const i of [-1, 0, 1]) ring(150 * i, random(-100, 100), size * 0.4, 40 * i);
  if (composition === "linked") for (const i of [-1, 0, 1]) ring(size * 0.8 * i, 0, size * 0.6, 40 * i);
}

function ring(x, y, radius, turn) {
  paint(turn);
  const wide = random(6, 30);
  const points = [];
  for (let i = 0; i <= 40; i++) points.push([cos(9 * i), sin(9 * i)]);
  brush.beginShape(0.5);
  for (const [a, b] of points) brush.vertex(x + radius * a, y + radius * b);
  for (const [a, b] of points.reverse()) brush.vertex(x + (radius - wide) * a, y + (radius - wide) * b);
  brush.endShape();
}

function begin() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(ink(ground, 0.01, hue));
}

function ink(lightness, strength, angle) {
  return color(`oklch(${lightness} ${strength} ${angle})`).toString("#rrggbb");
}

function paint(turn = 0) {
  brush.noStroke();
  brush.fill(ink(light, chroma, (hue + turn + 360) % 360), opacity);
  brush.fillBleed(bleed, "out");
  brush.fillTexture(grain, 0.5, grain > 0.1);
}
