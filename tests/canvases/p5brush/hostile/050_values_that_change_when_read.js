// engine: ok
// page: ok
let reads = 0;
const restless = () => ({ valueOf: () => (++reads % 5) * 30, toString: () => `${++reads % 7}` });
function setup() {
  {CANVAS}
  {PETAL}
  brush.fill("#224466", 150);
  brush.beginShape(0.5);
  for (let i = 0; i < 6; i++) brush.vertex(restless(), restless());
  brush.endShape();
}
