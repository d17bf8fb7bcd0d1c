// Coral garden: branching by Position walks in a custom field
let SEED = 314;
let CORALS = ["#ff6f59", "#f2a65a", "#c44569", "#f8c291", "#e77f67"];

function setup() {
    createCanvas(800, 800, WEBGL);
    angleMode(DEGREES);
    randomSeed(SEED);
    noiseSeed(SEED);
    brush.scaleBrushes(4);
    brush.addField("current", (t, f) => {
        for (let c = 0; c < f.length; c++)
            for (let r = 0; r < f[0].length; r++) f[c][r] = sin(c * 4 + r * 2) * 26;
        return f;
    }, { angleMode: "degrees" });
}

// grows one stalk and returns where it ended
function grow(x, y, dir, len, col, w) {
    brush.field("current");
    let at = new brush.Position(x, y);
    let pts = [[x, y, 1.1]];
    while (at.plotted < len && at.x > 30 && at.x < 770 && at.y > 30) {
        at.moveTo(dir, 14, 2);
        pts.push([at.x, at.y, map(at.plotted, 0, len, 1, 0.6)]);
    }
    brush.noField();
    if (pts.length > 2) {
        brush.set("charcoal", col, w);
        brush.spline(pts, 0.5);
    }
    return [at.x, at.y];
}

function coral(x, y, dir, len, col, w, depth) {
    let [ex, ey] = grow(x, y, dir, len, col, w);
    if (depth === 0) {
        brush.noStroke();
        brush.wash(col, 220);
        brush.circle(ex, ey, 6);
        brush.noWash();
        return;
    }
    coral(ex, ey, dir + random(14, 42), len * 0.68, col, w * 0.72, depth - 1);
    coral(ex, ey, dir - random(14, 42), len * 0.68, col, w * 0.72, depth - 1);
}

function draw() {
    background("#0f3d56");
    translate(-width / 2, -height / 2);
    // bands of water
    for (let i = 0; i < 7; i++) {
        brush.noStroke();
        brush.wash(lerpColor(color("#2a8fa8"), color("#0a2c44"), i / 6), 120);
        brush.rect(-10, i * 120, 820, 130);
    }
    brush.noWash();
    for (let i = 0; i < 6; i++) coral(90 + i * 125, 790, 90 + random(-8, 8), random(90, 170), CORALS[i % 5], random(1.4, 2.2), 4);
    // bubbles
    brush.set("pen", "#d9f2f7", 1);
    for (let i = 0; i < 24; i++) brush.circle(random(800), random(60, 700), random(3, 12));
    noLoop();
}
