// Draws sketches the way of the original work: real Puppeteer launches a browser for each.
// Started once; each line on stdin is a batch, and each is answered by one line on stdout:
//   {launch, urls, pictures, atOnce} -> {wall, renders: [{seconds, phases: {name: [wall, cpu]}}]} or {error}
'use strict';
const fs = require('node:fs');
const { createRequire } = require('node:module');
const { createInterface } = require('node:readline');

const puppeteer = createRequire(`${process.argv[2]}/package.json`)('puppeteer-core');
const TICKS = Number(process.argv[3]);

// CPU seconds of this process and all below it. What has ended counts for the process that waited for it.
const cpuSeconds = () => {
  const ticks = new Map();
  const parents = new Map();
  for (const pid of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const line = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
      const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
      parents.set(Number(pid), Number(fields[1]));
      ticks.set(Number(pid), fields.slice(11, 15).reduce((sum, part) => sum + Number(part), 0));
    } catch {
      continue; // it ended while we looked
    }
  }
  let total = 0;
  for (const [pid, used] of ticks) {
    let above = pid;
    while (above > 1 && above !== process.pid) above = parents.get(above);
    if (above === process.pid) total += used;
  }
  return total / TICKS;
};

// Reading CPU time costs some milliseconds: the clock stands still meanwhile.
const stopwatch = (alone) => {
  const phases = {};
  let cpu = alone ? cpuSeconds() : 0;
  let since = performance.now();
  return {
    phases,
    lap: (name, ended = false) => {
      const wall = (performance.now() - since) / 1000;
      const now = alone && !ended ? cpuSeconds() : 0;
      phases[name] = [wall, alone && !ended ? now - cpu : null];
      cpu = now;
      since = performance.now();
    },
  };
};

const render = async (launch, url, picture, alone) => {
  const clock = stopwatch(alone);
  const browser = await puppeteer.launch(launch);
  let png;
  try {
    clock.lap('launch');
    const page = await browser.newPage();
    clock.lap('page');
    await page.goto(url, { waitUntil: 'domcontentloaded' }); // p5 starts at `load`
    clock.lap('load');
    await page.evaluate(() => window.painted);
    clock.lap('paint');
    png = await page.screenshot();
    clock.lap('picture');
  } finally {
    await browser.close();
  }
  clock.lap('close', true);
  fs.writeFileSync(picture, png);
  const { phases } = clock;
  return { seconds: Object.values(phases).reduce((sum, [wall]) => sum + wall, 0), phases };
};

const drawAll = async ({ launch, urls, pictures, atOnce }) => {
  const renders = [];
  const started = performance.now();
  let next = 0;
  const work = async () => {
    while (next < urls.length) {
      const i = next++;
      renders[i] = await render(launch, urls[i], pictures[i], atOnce === 1).catch((error) => {
        throw new Error(`${urls[i].split('/').pop()}: ${error.message}`);
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { wall: (performance.now() - started) / 1000, renders };
};

const main = async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    const answer = await drawAll(JSON.parse(line)).catch((error) => ({ error: error.message }));
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
};

main();
