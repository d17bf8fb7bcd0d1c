// hatchArray over several polygons: holes, overlaps, a single polygon; polygon methods with overrides
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#fbf6ec");
  const square = (x, y, s) => new brush.Polygon([[x, y], [x + s, y], [x + s, y + s], [x, y + s]]);
  brush.set("2B", "#264653", 1);
  brush.hatch(6, 30);
  brush.hatchArray([square(-230, -230, 200), square(-190, -190, 120), square(-160, -160, 60)]);
  brush.hatch(5, -45, { rand: 0.1 });
  brush.hatchArray([square(20, -230, 130), square(90, -170, 130)]);
  brush.hatch(8, 90, { continuous: true });
  brush.hatchArray(square(-220, 20, 90));
  brush.noHatch();
  const frame = square(40, 40, 180);
  frame.hatch(9, 10, { gradient: 0.5 });
  frame.draw();
  frame.draw("marker", "#e76f51", 1.5);
  const hits = frame.intersect({ point1: { x: 0, y: 100 }, point2: { x: 250, y: 160 } });
  for (const { x, y } of hits) brush.circle(x, y, 8);
  frame.wash("#f4a261", 90);
}

function draw() {
  noLoop();
}
