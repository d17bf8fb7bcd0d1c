// Strokes that show nothing.
// subject: none
// prompt: strokes of a brush
const composition = "one"; // one of: one, a few, crossing, hatching, a scribble
const tool = "marker"; // one of: marker, charcoal, 2B, pen, spray
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
  const weight = random(1, 5);
  brush.set(tool, ink(light, chroma, hue), weight);
  const side = () => random(-220, 220);
  if (composition === "one") brush.line(side(), side(), side(), side());
  if (composition === "a few") for (let i = 0; i < 6; i++) brush.line(side(), side(), side(), side());
  if (composition === "crossing") for (const i of [-1, 1]) brush.line(-200, 200 * i, 200, -200 * i);
  if (composition === "hatching") for (let i = 0; i < 24; i++) brush.line(-200 + 17 * i, -180, -180 + 17 * i, 180);
  if (composition === "a scribble") {
    const points = [];
    for (let i = 0; i < 26; i++) points.push([side(), side(), random(0.5, 1)]);
    brush.spline(points, 0.6);
  }
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
