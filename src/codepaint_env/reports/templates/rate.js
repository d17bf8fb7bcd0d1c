"use strict";
const $ = (id) => document.getElementById(id);
let works = [];
let ratings = {};   // by painting; null where it was skipped
let comments = {};
let place = 0;
let pair = null;
let busy = false;

const inPairs = () => !$("choosing").hidden;
const query = () => new URLSearchParams({ rater: rater(), study: $("study").value, hue: $("hue").value });
const rater = () => $("rater").value.trim();
const isOpen = (work) => ratings[work.id] === undefined;
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
  comments = told.comments;
  showNext(told.next);
  fill($("study"), told.studies);
  fill($("hue"), told.hues);
  showRaters(told);
  if (inPairs()) return nextPair();
  place = Math.max(0, works.findIndex(isOpen));
  show();
}

function showRaters(told) {
  const rows = told.raters.map((each) => [each.name, `${each.rated} rated, ${each.compared} compared`]);
  for (const each of told.agreements) rows.push([each.raters.join(" and "), each.words]);
  $("raters").hidden = rows.length === 0;
  $("raters").tBodies[0].replaceChildren(...rows.map((cells) => {
    const row = document.createElement("tr");
    for (const text of cells) row.insertCell().textContent = text;
    return row;
  }));
}

function showNext(steps) {
  $("next").replaceChildren(...steps.flatMap(([what, command]) => {
    const [term, told, code] = ["dt", "dd", "code"].map((tag) => document.createElement(tag));
    term.textContent = what;
    code.textContent = command;
    told.append(code);
    return [term, told];
  }));
}

function show() {
  const work = works[place];
  const rated = works.filter((each) => ratings[each.id] > 0).length;
  const skipped = works.filter((each) => ratings[each.id] === null).length;
  $("progress").max = Math.max(1, works.length);
  $("progress").value = rated + skipped;
  $("told").textContent = `${rated} of ${works.length} rated${skipped ? `, ${skipped} skipped` : ""}`;
  $("done").hidden = !works.length || rated + skipped < works.length;
  $("comment").value = (work && comments[work.id]) || "";
  $("rating").dataset.id = work ? work.id : "";
  if (!work) {
    $("picture").removeAttribute("src");
    $("prompt").textContent = "There is no painting of this study and colour.";
    return;
  }
  $("picture").src = pictureOf(work.id);
  $("picture").alt = work.subject;
  $("prompt").textContent = work.prompt;
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

// A rating from 1 to 5, or null for a skip.
const rate = (rating) => doing(async () => {
  const work = works[place];
  if (!work) return;
  const comment = $("comment").value.trim();
  showRaters(await ask(rating ? "/rate" : "/skip", { rater: rater(), id: work.id, rating, comment }));
  ratings[work.id] = rating;
  comments[work.id] = comment;
  const later = works.findIndex((each, index) => index > place && isOpen(each));
  const next = later >= 0 ? later : works.findIndex(isOpen);
  if (next >= 0) place = next;
  show();
});

const undo = () => doing(async () => {
  const told = await ask("/undo", { rater: rater(), pairs: inPairs() });
  showRaters(told);
  if (inPairs()) return nextPair();
  await load();
  const back = works.findIndex((work) => work.id === told.id);
  if (back >= 0) place = back;
  show();
});

async function nextPair() {
  pair = null;
  pair = await ask(`/pair?${query()}`);
  for (const side of ["left", "right"]) {
    $(side).src = pictureOf(pair[side].id);
    $(side).alt = pair[side].prompt;
    $(`${side}-prompt`).textContent = pair[side].prompt;
  }
  $("comment").value = "";
  $("told").textContent = `${pair.count} compared`;
}

// "left", "right", "even", or null for a skip.
const choose = (choice) => doing(async () => {
  if (!pair) return;
  const comment = $("comment").value.trim();
  const said = { rater: rater(), left: pair.left.id, right: pair.right.id, choice, comment };
  showRaters(await ask(choice ? "/prefer" : "/skip", said));
  await nextPair();
});

// A painting that has its rating keeps it.
function skip() {
  if (inPairs()) choose(null);
  else if (works[place] && ratings[works[place].id]) step(1);
  else rate(null);
}

function turnTo(pairs) {
  $("rating").hidden = pairs;
  $("choosing").hidden = !pairs;
  $("progress").hidden = pairs;
  $("done").hidden = true;
  $("one").setAttribute("aria-pressed", String(!pairs));
  $("two").setAttribute("aria-pressed", String(pairs));
  doing(load);
}

document.addEventListener("keydown", (event) => {
  if (event.target === $("comment") && ["Enter", "Escape"].includes(event.key)) $("comment").blur();
  if (event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const key = event.key.toLowerCase();
  const choice = { arrowleft: "left", arrowright: "right", "=": "even" }[key];
  if (key === "u") undo();
  else if (key === "s") skip();
  else if (key === "c") $("comment").focus();
  else if (inPairs() && choice) choose(choice);
  else if (!inPairs() && /^[1-5]$/.test(key)) rate(Number(key));
  else if (!inPairs() && key === "arrowleft") step(-1);
  else if (!inPairs() && key === "arrowright") step(1);
  else return;
  event.preventDefault();
});
for (const button of document.querySelectorAll("[data-rating]")) button.onclick = () => rate(Number(button.dataset.rating));
for (const button of document.querySelectorAll("[data-choice]")) button.onclick = () => choose(button.dataset.choice);
$("undo").onclick = undo;
$("skip").onclick = skip;
$("compare").onclick = () => turnTo(true);
$("one").onclick = () => turnTo(false);
$("two").onclick = () => turnTo(true);
for (const id of ["rater", "study", "hue"]) $(id).onchange = () => { $(id).blur(); doing(load); };
doing(load);
