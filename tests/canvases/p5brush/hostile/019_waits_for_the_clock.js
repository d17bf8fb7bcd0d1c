// engine: ok honest
// page: ok honest
function setup() {
  {CANVAS}
  const start = Date.now();
  while (Date.now() - start < 2000);
  {PETAL}
}
