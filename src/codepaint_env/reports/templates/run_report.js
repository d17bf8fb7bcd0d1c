// Filters, sorts and enlarges; without it the report can be read as it is.
(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const list = $("cards");
  const cards = [...list.children];
  const buttons = [...document.querySelectorAll("#controls button")];
  const viewer = $("viewer");
  let open = null;

  const score = (card) => (card.dataset.score === "" ? null : Number(card.dataset.score));
  const orders = {
    order: () => 0,
    best: (a, b) => b - a,
    worst: (a, b) => a - b,
  };

  function arrange() {
    const compare = orders[$("sort").value];
    const sorted = [...cards].sort((a, b) => {
      const [x, y] = [score(a), score(b)];
      if (compare === orders.order || (x === null && y === null)) return a.dataset.index - b.dataset.index;
      if (x === null || y === null) return x === null ? 1 : -1;
      return compare(x, y) || a.dataset.index - b.dataset.index;
    });
    list.append(...sorted);
  }

  function show(outcome) {
    let count = 0;
    for (const card of cards) {
      card.hidden = outcome !== "" && card.dataset.outcome !== outcome;
      count += card.hidden ? 0 : 1;
    }
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.outcome === outcome));
    }
    $("shown").textContent = outcome === "" ? "" : `${count} of ${cards.length} shown`;
  }

  // What one turns through: the pictures of all cards that are shown, or those of the steps of one card.
  function alike(button) {
    if (button.classList.contains("shot")) return [...button.closest(".card").querySelectorAll("button.shot")];
    return [...list.querySelectorAll(".card:not([hidden]) button.sheet")];
  }

  function enlarge(button) {
    open = button;
    const picture = button.querySelector("img");
    const card = button.closest(".card");
    $("viewer-image").src = picture.src;
    $("viewer-image").alt = picture.alt;
    $("viewer-image").style.setProperty("--ratio", picture.getAttribute("width") / picture.getAttribute("height"));
    $("viewer-prompt").textContent = card.querySelector(".prompt").textContent;
    const parts = [card.querySelector(".number").textContent, card.querySelector(".chip").textContent];
    if (score(card) !== null) parts.push(`score ${card.querySelector(".total .value").textContent}`);
    $("viewer-line").textContent = button.classList.contains("shot") ? picture.alt : parts.join(" · ");
    if (!viewer.open) viewer.showModal();
  }

  function turn(step) {
    const shown = alike(open);
    enlarge(shown[(shown.indexOf(open) + step + shown.length) % shown.length]);
  }

  for (const button of buttons) button.addEventListener("click", () => show(button.dataset.outcome));
  $("sort").addEventListener("change", arrange);
  for (const button of document.querySelectorAll("button.sheet, button.shot")) {
    button.disabled = false;
    button.addEventListener("click", () => enlarge(button));
  }
  $("viewer-previous").addEventListener("click", () => turn(-1));
  $("viewer-next").addEventListener("click", () => turn(1));
  $("viewer-close").addEventListener("click", () => viewer.close());
  viewer.addEventListener("click", (event) => {
    if (event.target === viewer) viewer.close();
  });
  viewer.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") turn(-1);
    if (event.key === "ArrowRight") turn(1);
  });
  viewer.addEventListener("close", () => open.focus());
  arrange(); // a browser may remember the choice of an earlier visit
  $("controls").hidden = false;
})();
