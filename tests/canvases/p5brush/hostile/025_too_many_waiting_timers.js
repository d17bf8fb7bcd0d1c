// engine: program_error work_limit
// page: program_error work_limit
// races
async function setup() {
  {CANVAS}
  for (let i = 0; i < 2e5; i++) setTimeout(() => {}, i % 977);
  await new Promise((done) => setTimeout(done, 1e4));
  {PETAL}
}
