// page: an image brush loads its tip as an image
async function setup() {
  createCanvas(512, 512, WEBGL);
  background("#fbf6ec");
  await brush.add("stamp", {
    type: "image",
    weight: 40,
    scatter: 3,
    opacity: 60,
    spacing: 12,
    pressure: [1, 0.5],
    rotate: "random",
    markerTip: false,
    image: {
      src: "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7",
    },
  });
  brush.set("stamp", "#3d5a80", 1);
  brush.line(-200, -60, 200, 40);
  brush.circle(0, 60, 120);
}

function draw() {
  noLoop();
}
