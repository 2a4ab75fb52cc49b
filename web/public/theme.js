// Sets theme, density and language before the first paint. A file of its own, because the content security
// policy allows no inline script; classic and blocking, because a module would run after the paint.
(() => {
  const root = document.documentElement;
  let theme = "auto";
  let density = "comfortable";
  let language = "";
  try {
    theme = localStorage.getItem("goodword-theme") || theme;
    density = localStorage.getItem("goodword-density") || density;
    language = localStorage.getItem("goodword-language") || language;
  } catch {
    // Storage may be forbidden: the system's theme and the browser's language then hold.
  }
  const dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
  root.setAttribute("data-density", density === "compact" ? "compact" : "comfortable");

  const spoken = [language, ...navigator.languages].map((one) => one.toLowerCase().split("-")[0]);
  root.lang = spoken.find((one) => one === "en" || one === "de") || "en";
  // The words are asked for together with the program; the build writes where they are.
  const words = root.getAttribute(`data-words-${root.lang}`);
  if (words) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = words;
    document.head.append(link);
  }
})();
