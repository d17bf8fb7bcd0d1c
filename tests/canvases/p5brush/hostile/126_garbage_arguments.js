// engine: program_error work_limit
// page: program_error memory_limit
function setup() {
  {CANVAS}
  const garbage = [NaN, null, undefined, "", "petal", {}, [], -1, 1e9, Infinity, () => 1, Symbol("x"), true];
  brush.set("HB", "#334455", 1);
  for (let i = 0; ; i++) {
    const some = (k) => garbage[(i + k) % garbage.length];
    for (const name of ["line", "circle", "rect", "arc", "spline", "flowLine", "polygon", "hatch", "wash", "fill"]) {
      try { brush[name](some(1), some(2), some(3), some(4), some(5)); } catch {}
    }
  }
}
