// engine: ok honest
// page: ok honest
Date.now = () => 0;
Date = class extends Date {};
performance.now = () => 1e300;
function setup() {
  {CANVAS}
  {PETAL}
}
