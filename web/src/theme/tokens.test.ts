import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/theme/tokens.css", "utf8");

type Colour = [lightness: number, chroma: number, hue: number];

function tokensOf(theme: "light" | "dark"): Record<string, Colour> {
  const block = css.split(`:root[data-mantine-color-scheme="${theme}"] {`)[1]?.split("}")[0] ?? "";
  const found = block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g);
  return Object.fromEntries(
    Array.from(found, ([, name = "", l, c, h]) => [name, [Number(l), Number(c), Number(h)]]),
  );
}

/** Relative luminance of an OKLCH colour, by way of linear sRGB. */
function luminance([l, c, h]: Colour): number {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const [x, y, z] = [
    l + 0.3963377774 * a + 0.2158037573 * b,
    l - 0.1055613458 * a - 0.0638541728 * b,
    l - 0.0894841775 * a - 1.291485548 * b,
  ].map((one) => one ** 3) as Colour;
  const clamp = (one: number) => Math.min(1, Math.max(0, one));
  const red = clamp(4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z);
  const green = clamp(-1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z);
  const blue = clamp(-0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ["surface", "surface-raised", "surface-sunken"];
const text: [string, string][] = [
  ...["ink", "ink-soft", "accent-ink"].flatMap((ink) =>
    surfaces.map((surface): [string, string] => [ink, surface]),
  ),
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["accent-ink", "accent-soft"],
  ["accent-ink", "accent-soft-strong"],
  ...["free", "resting", "ask", "overdue", "blocked"].flatMap((state): [string, string][] => [
    [state, `${state}-soft`],
    [state, "surface-raised"],
  ]),
];
const controls: [string, string][] = surfaces.flatMap((surface): [string, string][] => [
  ["line-strong", surface],
  ["accent", surface],
]);

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  const tokens = tokensOf(theme);
  const of = (name: string): Colour => {
    const found = tokens[name];
    if (!found) throw new Error(`no token ${name} in ${theme}`);
    return found;
  };
  it.each(text)("%s on %s is readable at 4.5:1", (ink, surface) => {
    expect(contrast(of(ink), of(surface))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(controls)("%s on %s is seen at 3:1", (control, surface) => {
    expect(contrast(of(control), of(surface))).toBeGreaterThanOrEqual(3);
  });
});

it("dark names every token that light names", () => {
  expect(Object.keys(tokensOf("dark")).sort()).toEqual(Object.keys(tokensOf("light")).sort());
});
