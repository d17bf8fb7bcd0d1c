// engine: ok
// page: ok
function setup() {
  {CANVAS}
  noStroke();
  const rows = "0110,1001,1111,1001";
  rows.split(",").forEach((row, y) => [...row].forEach((bit, x) => {
    fill(bit === "1" ? "#c03344" : "#224466");
    rect(x * 128 - 256, y * 128 - 256, 128, 128);
  }));
}
