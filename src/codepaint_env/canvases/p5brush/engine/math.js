// Deterministic stand-ins for the functions of Math whose last bits differ between V8 versions.
// Called with the exports of maths.wasm or raster.wasm; yields an object of functions to put on Math.
(wasm) => {
  'use strict';
  const { abs, sqrt } = Math;
  const unary = [
    'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh',
    'exp', 'expm1', 'log', 'log2', 'log10', 'log1p', 'cbrt',
  ];
  const functions = {};
  for (const name of unary) {
    const run = wasm[`m_${name}`];
    functions[name] = { [name]: (x) => run(x) }[name];
  }
  const { m_atan2, m_pow } = wasm;
  functions.atan2 = function atan2(y, x) {
    return m_atan2(y, x);
  };
  functions.pow = function pow(base, exponent) {
    return m_pow(base, exponent);
  };
  // V8's own way: scaled by the largest, summed with compensation; the same in every version so far.
  functions.hypot = function hypot(...values) {
    let largest = 0;
    let unknown = false;
    for (let i = 0; i < values.length; i++) {
      const size = abs(values[i]);
      if (size === Infinity) return Infinity;
      if (size !== size) unknown = true;
      else if (size > largest) largest = size;
      values[i] = size;
    }
    if (unknown) return NaN;
    if (largest === 0) return 0;
    let sum = 0;
    let compensation = 0;
    for (let i = 0; i < values.length; i++) {
      const ratio = values[i] / largest;
      const summand = ratio * ratio - compensation;
      const preliminary = sum + summand;
      compensation = preliminary - sum - summand;
      sum = preliminary;
    }
    return sqrt(sum) * largest;
  };
  return functions;
}
