// engine: program_error never_finished
// page: program_error never_finished
// races
async function setup() {
  {CANVAS}
  await new Promise(() => setInterval(() => {}, 10));
}
