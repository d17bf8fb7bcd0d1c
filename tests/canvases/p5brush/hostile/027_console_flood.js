// engine: ok honest
// page: ok honest
function setup() {
  {CANVAS}
  for (let i = 0; i < 20_000; i++) console.log("x".repeat(1e5), i, [i], { i });
  {PETAL}
}
