// Enlarges the pictures of the steps and turns between them; without it the report can be read as it is.
(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const shots = [...document.querySelectorAll("button.shot")];
  const viewer = $("viewer");
  let open = 0;

  function enlarge(place) {
    open = (place + shots.length) % shots.length;
    const picture = shots[open].querySelector("img");
    $("viewer-image").src = picture.src;
    $("viewer-image").alt = picture.alt;
    $("viewer-image").style.setProperty("--ratio", picture.getAttribute("width") / picture.getAttribute("height"));
    $("viewer-line").textContent = picture.alt;
    if (!viewer.open) viewer.showModal();
  }

  shots.forEach((shot, place) => {
    shot.disabled = false;
    shot.addEventListener("click", () => enlarge(place));
  });
  $("viewer-previous").addEventListener("click", () => enlarge(open - 1));
  $("viewer-next").addEventListener("click", () => enlarge(open + 1));
  $("viewer-close").addEventListener("click", () => viewer.close());
  viewer.addEventListener("click", (event) => {
    if (event.target === viewer) viewer.close();
  });
  viewer.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") enlarge(open - 1);
    if (event.key === "ArrowRight") enlarge(open + 1);
  });
  viewer.addEventListener("close", () => shots[open].focus());
})();
