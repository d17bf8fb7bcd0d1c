// engine: program_error work_limit
// page: program_error work_limit
function setup() {
  {CANVAS}
  brush.set("HB", "#334455", 1);
  brush.spline(new Proxy([], { get: (_, key) => (key === "length" ? 2 ** 31 : typeof key === "string" ? [0, 0, 1] : undefined) }), 0.5);
}
