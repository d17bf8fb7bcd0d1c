"use strict";
const $ = (id) => document.getElementById(id);
let works = [];
let ratings = {};
let place = 0;
let pair = null;
let busy = false;

const inPairs = () => !$("choosing").hidden;
const query = () => new URLSearchParams({ rater: $("rater").value.trim(), study: $("study").value, hue: $("hue").value });
const pictureOf = (id) => `/picture/${encodeURIComponent(id)}`;

async function ask(path, body) {
  const asked = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch(path, asked);
  } catch {
    throw new Error("Nothing was saved: the server does not answer. Start it again and open its new address.");
  }
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

// Does one thing at a time; what goes wrong is shown, and nothing moves on.
async function doing(work) {
  if (busy) return;
  busy = true;
  try {
    await work();
    $("trouble").hidden = true;
  } catch (error) {
    $("trouble").textContent = error.message;
    $("trouble").hidden = false;
  }
  busy = false;
}

function fill(select, values) {
  if (select.options.length > 1) return;
  for (const value of values) select.add(new Option(value, value));
}

async function load() {
  const told = await ask(`/state?${query()}`);
  if (!$("rater").value && told.rater) {
    $("rater").value = told.rater;
    return load();
  }
  works = told.works;
  ratings = told.ratings;
  fill($("study"), told.studies);
  fill($("hue"), told.hues);
  showRaters(told);
  if (inPairs()) return nextPair();
  place = Math.max(0, works.findIndex((work) => !(work.id in ratings)));
  show();
}

function showRaters(told) {
  const rows = Object.entries(told.raters).map(([name, size]) => [name, `${size} rated`]);
  for (const each of told.agreements) {
    const [first, second] = each.raters;
    rows.push([`${first} and ${second}`, `${each.both} in common, kappa ${each.kappa.toFixed(2)}, weighted ${each.weighted.toFixed(2)}`]);
  }
  $("raters").hidden = rows.length === 0;
  $("raters").tBodies[0].replaceChildren(...rows.map((cells) => {
    const row = document.createElement("tr");
    for (const text of cells) row.insertCell().textContent = text;
    return row;
  }));
}

function show() {
  const work = works[place];
  const done = works.filter((each) => each.id in ratings).length;
  $("progress").max = Math.max(1, works.length);
  $("progress").value = done;
  $("told").textContent = `${done} of ${works.length} rated`;
  $("rating").dataset.id = work ? work.id : "";
  if (!work) {
    $("picture").removeAttribute("src");
    $("prompt").textContent = "No painting is of this study and colour.";
    return;
  }
  $("picture").src = pictureOf(work.id);
  $("picture").alt = work.subject;
  $("prompt").textContent = done === works.length ? `${work.prompt} (all are rated)` : work.prompt;
  for (const button of $("scale").querySelectorAll("[data-rating]")) {
    button.setAttribute("aria-pressed", String(ratings[work.id] === Number(button.dataset.rating)));
  }
  const next = works[(place + 1) % works.length];
  new Image().src = pictureOf(next.id);
}

function step(by) {
  if (!works.length) return;
  place = (place + by + works.length) % works.length;
  show();
}

const rate = (rating) => doing(async () => {
  const work = works[place];
  if (!work) return;
  await ask("/rate", { rater: $("rater").value.trim(), id: work.id, rating });
  ratings[work.id] = rating;
  const later = works.findIndex((each, index) => index > place && !(each.id in ratings));
  const next = later >= 0 ? later : works.findIndex((each) => !(each.id in ratings));
  if (next >= 0) place = next;
  show();
});

const undo = () => doing(async () => {
  const told = await ask("/undo", { rater: $("rater").value.trim(), pairs: inPairs() });
  if (inPairs()) return nextPair();
  await load();
  const back = works.findIndex((work) => work.id === told.id);
  if (back >= 0) place = back;
  show();
});

async function nextPair() {
  pair = await ask(`/pair?${query()}`);
  for (const side of ["left", "right"]) $(side).src = pictureOf(pair[side]);
  $("left").alt = pair.prompts[0];
  $("right").alt = pair.prompts[1];
  $("told").textContent = `${pair.count} compared`;
}

const choose = (choice) => doing(async () => {
  await ask("/prefer", { rater: $("rater").value.trim(), left: pair.left, right: pair.right, choice });
  await nextPair();
});

function turnTo(pairs) {
  $("rating").hidden = pairs;
  $("choosing").hidden = !pairs;
  $("progress").hidden = pairs;
  $("one").setAttribute("aria-pressed", String(!pairs));
  $("two").setAttribute("aria-pressed", String(pairs));
  doing(load);
}

document.addEventListener("keydown", (event) => {
  if (event.target === $("rater") || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const key = event.key.toLowerCase();
  const choice = { arrowleft: "left", arrowright: "right", "=": "even" }[key];
  if (key === "u") undo();
  else if (inPairs() && choice) choose(choice);
  else if (!inPairs() && /^[1-5]$/.test(key)) rate(Number(key));
  else if (!inPairs() && key === "arrowleft") step(-1);
  else if (!inPairs() && key === "arrowright") step(1);
  else return;
  event.preventDefault();
});
for (const button of document.querySelectorAll("[data-rating]")) button.onclick = () => rate(Number(button.dataset.rating));
for (const button of document.querySelectorAll("[data-choice]")) button.onclick = () => choose(button.dataset.choice);
$("undo").onclick = $("undo-pair").onclick = undo;
$("one").onclick = () => turnTo(false);
$("two").onclick = () => turnTo(true);
for (const id of ["rater", "study", "hue"]) $(id).onchange = () => { $(id).blur(); doing(load); };
doing(load);
