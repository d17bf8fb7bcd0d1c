// engine: ok honest
// page: ok honest
// races
async function setup() {
  {CANVAS}
  for (let i = 0; i < 3000; i++) await new Promise((done) => setTimeout(done, 60_000));
  {PETAL}
}
