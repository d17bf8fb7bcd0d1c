function setup() {
  sheet("#f6f1e6", 8);
  wash(-256, 20, "#8fb4d0");
  cloud(110, -180, 200, "#8c9aa8");
  peak(-60, 0, 160, "#4f6086");
  peak(100, 10, 130, "#5d6e8c");
  ridge(20, 50, "#4f6a5e");
  ridge(80, 0, "#6fa0b8");
  wash(256, 190, "#6fa0b8");
  ripples(-60, 130, 260, "#4a7690");
  ripples(110, 190, 220, "#3f6880");
  branch(-230, 250, -170, -110, "#4a3a30");
}
