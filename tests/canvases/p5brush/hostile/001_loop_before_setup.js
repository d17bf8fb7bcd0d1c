// engine: program_error work_limit
// page: program_error work_limit
while (true) {}
