// Sets theme and density before the first paint. A file of its own, because the content security
// policy allows no inline script; classic and blocking, because a module would run after the paint.
(() => {
  const root = document.documentElement;
  let theme = "auto";
  let density = "comfortable";
  try {
    theme = localStorage.getItem("goodword-theme") || theme;
    density = localStorage.getItem("goodword-density") || density;
  } catch {
    // Storage may be forbidden: the system's theme then holds.
  }
  const dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
  root.setAttribute("data-density", density === "compact" ? "compact" : "comfortable");
})();
