// engine: program_error work_limit
// page: program_error work_limit
function setup() {
  {CANVAS}
  const endless = () => {
    for (;;);
  };
  brush.fill(new Proxy({}, { get: endless, has: endless, getPrototypeOf: endless }), 100);
  {PETAL}
}
