// engine: program_error work_limit
// page: program_error work_limit
function setup() {
  {CANVAS}
  {PETAL}
  const endless = () => {
    for (;;);
  };
  brush.set({ toString: endless, valueOf: endless, [Symbol.toPrimitive]: endless }, "#334455", 1);
  brush.fill({ toString: endless, valueOf: endless, [Symbol.toPrimitive]: endless }, 100);
  brush.circle(0, 0, { valueOf: endless });
}
