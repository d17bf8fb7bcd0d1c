// Ferns from one Plot that is turned and drawn again and again
let GREEN = ["#2d6a4f", "#40916c", "#52796f", "#84a98c"];

function setup() {
    createCanvas(600, 600, WEBGL);
    angleMode(DEGREES);
    randomSeed(40);
    brush.scaleBrushes(3);
}

function make_leaflet(len, bend) {
    let p = new brush.Plot("curve");
    p.addSegment(0, len * 0.5, 1.1);
    p.addSegment(bend, len * 0.5, 0.8);
    p.endPlot(bend * 1.6, 0.2);
    return p;
}

function fern(x, y, dir, len, col) {
    let n = 26;
    let px = x;
    let py = y;
    let d = dir;
    let stem = [];
    for (let i = 0; i < n; i++) {
        stem.push([px, py, map(i, 0, n, 1.2, 0.3)]);
        let size = len * 0.5 * sin(map(i, 0, n, 35, 175));
        if (size > 5) {
            let left = make_leaflet(size, -40);
            left.rotate(d + 58);
            let right = make_leaflet(size, 40);
            right.rotate(d - 58);
            brush.set("2B", col, map(i, 0, n, 1.6, 0.8));
            left.draw(px, py, 1);
            right.draw(px, py, 1);
        }
        px += (len / n) * 1.6 * cos(d);
        py -= (len / n) * 1.6 * sin(d);
        d += (dir > 90 ? 1 : -1) * 1.6;
    }
    brush.set("marker", col, 0.6);
    brush.spline(stem, 0.5);
}

function draw() {
    background("#f1f0e4");
    translate(-width / 2, -height / 2);
    brush.noField();
    fern(300, 590, 92, 290, GREEN[0]);
    fern(290, 590, 122, 240, GREEN[1]);
    fern(310, 590, 60, 250, GREEN[2]);
    fern(280, 592, 148, 180, GREEN[3]);
    fern(320, 592, 34, 190, GREEN[1]);
    noLoop();
}
