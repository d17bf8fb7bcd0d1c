// engine: ok honest
// page: program_error never_finished
function setup() {
  {CANVAS}
  {PETAL}
  for (const name of Object.keys(brush)) try { brush[name] = () => {}; } catch {}
  for (const name of Object.getOwnPropertyNames(p5.prototype)) try { p5.prototype[name] = () => {}; } catch {}
  brush = null;
}
