// River delta from above: flow lines down a field, islands as masses
let SEED = 1999;
let WATERS = ["#1b6e8c", "#3d91ad", "#78b6c4", "#0f4c66"];
let LAND = ["#8a8f4e", "#b5a662", "#6d7a3f"];

function setup() {
    createCanvas(600, 600, WEBGL);
    angleMode(DEGREES);
    randomSeed(SEED);
    noiseSeed(SEED);
    brush.scaleBrushes(3);
    brush.addField("delta", make_delta);
}

function make_delta(t, field) {
    for (let c = 0; c < field.length; c++) {
        for (let r = 0; r < field[0].length; r++) {
            let spread = (c - field.length / 2) * (r / field[0].length) * 0.9;
            field[c][r] = -spread + 40 * (noise(c * 0.05, r * 0.05) - 0.5);
        }
    }
    return field;
}

function paint_land() {
    brush.noStroke();
    for (let i = 0; i < 3; i++) {
        brush.fill(LAND[i % 3], 120);
        brush.fillBleed(0.3, "out");
        brush.fillTexture(0.7, 0.3);
        brush.circle(random(600), random(600), random(60, 110));
    }
    brush.noFill();
}

function paint_water() {
    brush.field("delta");
    for (let i = 0; i < 130; i++) {
        let x = 300 + random(-1, 1) * random(80);
        brush.set(random(["marker", "2B", "cpencil"]), random(WATERS), random(0.4, 1.5));
        brush.flowLine(x, random(-40, 120), random(200, 560), -90);
    }
    brush.noField();
}

function paint_islands() {
    for (let i = 0; i < 5; i++) {
        let x = random(120, 480);
        let y = random(230, 540);
        let r = random(14, 30);
        brush.mass("crayon", random(LAND), { precision: 0.4, strength: 0.7 });
        brush.noStroke();
        brush.beginShape(0.7);
        brush.vertex(x, y - r * 1.6);
        brush.vertex(x + r, y);
        brush.vertex(x, y + r * 1.8);
        brush.vertex(x - r, y);
        brush.endShape(true);
        brush.noMass();
    }
}

function draw() {
    background("#d8cfa3");
    translate(-width / 2, -height / 2);
    paint_land();
    paint_water();
    paint_islands();
    noLoop();
}
