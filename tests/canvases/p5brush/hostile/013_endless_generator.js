// engine: program_error work_limit
// page: program_error work_limit
function* numbers() {
  for (let i = 0; ; i++) yield i;
}
function setup() {
  {CANVAS}
  let sum = 0;
  for (const number of numbers()) sum += number;
}
