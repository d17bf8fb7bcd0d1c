function setup() {
  sheet("#f7f3e6", 5);
  wash(-256, 40, "#a9c6d4");
  ridge(150, 30, "#7f9a55");
  for (const [x, y, s] of [[-120, -30, 100], [90, -90, 120], [20, 90, 85]]) {
    stem(x + 20, 256, x, y, "#5f7d3a");
    for (const turn of [-95, 95, 180, -35, 35]) petal(x, y, s * 0.8, turn, "#d8361f");
    dabs(x, y, s * 0.4, "#241a22");
  }
}
