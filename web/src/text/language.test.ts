import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

beforeEach(() => vi.resetModules());
afterEach(() => {
  document.documentElement.lang = "";
  localStorage.clear();
  vi.restoreAllMocks();
});

/** The page as a browser that asks for these languages starts it. */
function asks(spoken: string, ...languages: string[]) {
  document.documentElement.lang = spoken;
  vi.spyOn(navigator, "languages", "get").mockReturnValue(languages);
}

describe("a German page", () => {
  it("writes days, numbers and money as Germans do", async () => {
    asks("de", "de-DE", "en");
    const { formatDay, formatDistance, formatMoney, formatNumber, formatShare } = await import(
      "../format/format"
    );
    expect(formatDay("2026-12-03")).toBe("3. Dez. 2026");
    expect(formatDistance("2026-12-04", "2026-11-22")).toBe("in 12 Tagen");
    expect(formatMoney({ amount: "1234567.50", currency: "EUR" })).toBe("1.234.567,50\u00a0€");
    expect(formatNumber(4200.5)).toBe("4.200,5");
    expect(formatShare(0.41)).toBe("41\u00a0%");
  });

  it("follows the region that the reader asks for", async () => {
    asks("de", "en-US", "de-CH");
    const { formatNumber } = await import("../format/format");
    expect(formatNumber(4200)).toMatch(/^4['’]200$/);
  });

  it("says its messages in German, and counts in it", async () => {
    asks("de", "de-DE");
    await import("./shell");
    const { wordsArrived } = await import("./catalogue");
    const { text } = await import("./text");
    await wordsArrived();
    expect(text("action.save")).toBe("Speichern");
    expect(text("find.others", { count: 1 })).toBe("1 weitere Person bei diesem Unternehmen");
    expect(text("find.others", { count: 1200 })).toBe("1.200 weitere Personen bei diesem Unternehmen");
  });
});

describe("an English page", () => {
  it("writes days as the reader's region does, whatever else the reader speaks", async () => {
    asks("en", "de-DE", "en-GB");
    const { formatDay } = await import("../format/format");
    expect(formatDay("2026-12-03")).toBe("3 Dec 2026");
  });
});

describe("choosing a language", () => {
  it("is kept, and starts the page anew", async () => {
    const reload = vi.spyOn(window.location, "reload").mockImplementation(() => undefined);
    const { chooseLanguage } = await import("./language");
    chooseLanguage("de");
    expect(localStorage.getItem("goodword-language")).toBe("de");
    expect(reload).toHaveBeenCalledOnce();
  });
});
