function setup() {
  sheet("#fbf6ec", 3);
  stem(20, 240, 0, 20);
  leaf(14, 170, 120, 60);
  leaf(14, 190, 110, -65);
  for (let i = 0; i < 5; i++) petal(0, -20, 170, i * 72, "#e0637a");
  stem(0, -20, 60, -90, "#c8963c");
  dabs(62, -95, 46, "#e0a830");
  berry(0, -20, 40, "#8e2240");
}
