// Moves through the checkpoints; without it the report shows the first and the last side by side.
(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const slider = $("slider");
  const play = $("play");
  const curves = $("curves");
  const stops = [...curves.querySelectorAll(".stop")];
  const marked = [...document.querySelectorAll("[data-stop]")];
  const last = stops.length - 1;
  const PAUSE_MS = 900;
  const CURVES = 3; // that are drawn at first; the others on demand
  let timer = null;

  function show(stop) {
    slider.value = stop;
    for (const each of marked) each.classList.toggle("now", Number(each.dataset.stop) === stop);
    const { step, told } = stops[stop].dataset;
    $("step").textContent = `Step ${step}`;
    $("told").textContent = told;
    slider.setAttribute("aria-valuetext", `Step ${step}, ${told}`);
    for (const button of $("legend").querySelectorAll("button")) {
      button.querySelector(".value").textContent = button.dataset.at.split(" ")[stop];
    }
  }

  function compare(on) {
    $("wall").classList.toggle("compare", on);
    $("compare").setAttribute("aria-pressed", String(on));
  }

  function halt() {
    clearTimeout(timer);
    timer = null;
    play.textContent = "Play";
  }

  function go(stop) {
    halt();
    compare(false);
    show(Math.min(last, Math.max(0, stop)));
  }

  function tick() {
    const next = Number(slider.value) + 1;
    show(next);
    if (next < last) timer = setTimeout(tick, PAUSE_MS);
    else halt();
  }

  function start() {
    compare(false);
    show(Number(slider.value) === last ? 0 : Number(slider.value));
    play.textContent = "Pause";
    timer = setTimeout(tick, PAUSE_MS);
  }

  function nearest(event) {
    const box = curves.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * curves.viewBox.baseVal.width;
    const away = stops.map((stop) => Math.abs(stop.x1.baseVal.value - x));
    return away.indexOf(Math.min(...away));
  }

  function draw(button, on) {
    button.setAttribute("aria-pressed", String(on));
    curves.querySelector(`.series[data-series="${button.dataset.series}"]`).classList.toggle("off", !on);
  }

  for (const [place, button] of $("legend").querySelectorAll("button").entries()) {
    button.disabled = false;
    draw(button, place < CURVES);
    button.addEventListener("click", () => draw(button, button.getAttribute("aria-pressed") !== "true"));
  }
  for (const fold of document.querySelectorAll("#wall details")) {
    // Opened once, a program stays open from checkpoint to checkpoint.
    fold.addEventListener("toggle", () => {
      for (const each of fold.closest(".card").querySelectorAll("details")) each.open = fold.open;
    });
  }
  if (last === 0) {
    show(0);
    return;
  }
  slider.addEventListener("input", () => go(Number(slider.value)));
  play.addEventListener("click", () => (timer === null ? start() : halt()));
  $("compare").addEventListener("click", () => {
    halt();
    compare($("compare").getAttribute("aria-pressed") !== "true");
  });
  curves.addEventListener("pointerdown", (event) => go(nearest(event)));
  curves.addEventListener("pointermove", (event) => {
    if (event.buttons === 1) go(nearest(event));
  });
  document.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, pre")) return;
    go(Number(slider.value) + way);
  });
  $("plain").hidden = true;
  curves.classList.add("live");
  compare(false);
  show(last);
  $("bar").hidden = false;
})();
