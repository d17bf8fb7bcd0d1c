// engine: ok honest
// page: ok honest
p5.prototype.forged = 1;
p5 = function () {
  for (;;);
};
function setup() {
  {CANVAS}
  {PETAL}
}
