// engine: ok
// page: ok
Math.random = () => 0.5;
crypto.getRandomValues = (array) => array.fill(7);
function setup() {
  {CANVAS}
  rotate(Math.random());
  {PETAL}
}
