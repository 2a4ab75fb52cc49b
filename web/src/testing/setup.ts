import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";
import "../text/administration";
import "../text/bulk";
import "../text/duplicates";
import "../text/links";
import "../text/nomination";
import "../text/plan";
import "../text/shell";
import "../text/steward";
import "../text/trash";
import "../text/uses";
import { wordsArrived } from "../text/catalogue";

await wordsArrived();

// Something that never comes fails as surely after ten seconds as after one, and a busy machine passes.
configure({ asyncUtilTimeout: 10_000 });

// What Mantine asks of a browser and happy-dom does not have.
window.matchMedia ??= vi
  .fn()
  .mockReturnValue({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() });
if (!document.fonts) {
  Object.defineProperty(document, "fonts", {
    value: { addEventListener: vi.fn(), removeEventListener: vi.fn() },
  });
}
window.HTMLElement.prototype.scrollIntoView = () => undefined;

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
