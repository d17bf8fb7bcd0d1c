// engine: ok honest
// page: ok honest
function setup() {
  {CANVAS}
  debugger;
  for (const name of ["quit", "exit", "readFile", "load", "gc"]) {
    try { globalThis[name]?.(); } catch {}
  }
  for (const name of ["process", "Deno", "require", "module", "java", "d8", "chrome", "external", "std", "os"]) {
    if (typeof globalThis[name] === "function") throw new Error(`${name} is there`);
  }
  {PETAL}
}
