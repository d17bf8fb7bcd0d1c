// Smoke rings, then pale drafts through them
let GREYS = ["#22223b", "#4a4e69", "#9a8c98", "#c9ada7"];

function setup() {
    createCanvas(600, 600, WEBGL);
    angleMode(DEGREES);
    randomSeed(9);
    brush.scaleBrushes(3);
}

function draw() {
    background("#f2e9e4");
    translate(-width / 2, -height / 2);
    for (let i = 0; i < 26; i++) {
        brush.set("charcoal", random(GREYS), random(0.5, 1.6));
        brush.circle(300 + random(-30, 30), 300 + random(-30, 30), 40 + i * 8, true);
    }
    brush.field("spiral");
    brush.set("pastel", "#ffffff", 2);
    for (let i = 0; i < 40; i++) brush.flowLine(random(600), random(600), 200, 0);
    noLoop();
}
