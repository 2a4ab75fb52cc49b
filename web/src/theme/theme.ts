import {
  type CSSVariablesResolver,
  createTheme,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
  Modal,
  type VariantColorsResolver,
} from "@mantine/core";

/** Mantine wants ten shades; every shade it may ask for is one of our tokens. */
const accent: MantineColorsTuple = [
  "var(--accent-soft)",
  "var(--accent-soft)",
  "var(--accent-soft-strong)",
  "var(--accent-soft-strong)",
  "var(--accent)",
  "var(--accent)",
  "var(--accent)",
  "var(--accent)",
  "var(--accent-strong)",
  "var(--accent-strong)",
];

const border = "1px solid transparent";

/** Colours of buttons come from tokens, so that both themes hold their contrast. */
const variantColors: VariantColorsResolver = ({ variant, color }) => {
  const danger = color === "danger";
  switch (variant) {
    case "filled":
      return {
        background: danger ? "var(--overdue)" : "var(--accent)",
        hover: danger ? "var(--overdue)" : "var(--accent-strong)",
        color: danger ? "var(--overdue-soft)" : "var(--on-accent)",
        border,
      };
    case "light":
      return {
        background: danger ? "var(--overdue-soft)" : "var(--accent-soft)",
        hover: danger ? "var(--overdue-soft)" : "var(--accent-soft-strong)",
        color: danger ? "var(--overdue)" : "var(--accent-ink)",
        border,
      };
    case "subtle":
      return {
        background: "transparent",
        hover: "var(--surface-sunken)",
        color: danger ? "var(--overdue)" : "var(--ink)",
        border,
      };
    default:
      return {
        background: "var(--surface-raised)",
        hover: "var(--surface-sunken)",
        color: danger ? "var(--overdue)" : "var(--ink)",
        border: "1px solid var(--line-strong)",
      };
  }
};

const quick = { duration: 120, transition: "fade" as const };

export const theme = createTheme({
  primaryColor: "accent",
  colors: { accent },
  variantColorResolver: variantColors,
  respectReducedMotion: true,
  focusRing: "auto",
  cursorType: "pointer",
  components: {
    Modal: Modal.extend({
      // A dialog's head is no page banner.
      defaultProps: {
        lockScroll: false,
        transitionProps: quick,
        centered: true,
        attributes: { header: { role: "presentation" } },
      },
    }),
    Checkbox: { defaultProps: { iconColor: "var(--on-accent)" } },
    Tooltip: {
      defaultProps: {
        openDelay: 300,
        transitionProps: quick,
        events: { hover: true, focus: true, touch: false },
      },
    },
    // A sheet that opens with the focus in a choice does not open that choice over itself.
    Select: { defaultProps: { openOnFocus: false } },
    Menu: { defaultProps: { transitionProps: quick, shadow: "md" } },
    Popover: { defaultProps: { transitionProps: quick, shadow: "md" } },
  },
});

/** Variables are files (tokens.css, Mantine's static sheet), never a style element: see the policy. */
export const noCssVariables: CSSVariablesResolver = () => ({ variables: {}, light: {}, dark: {} });

export const colorSchemeManager = localStorageColorSchemeManager({ key: "goodword-theme" });

export type Density = "comfortable" | "compact";
const DENSITY_KEY = "goodword-density";

export function readDensity(): Density {
  return document.documentElement.dataset.density === "compact" ? "compact" : "comfortable";
}

/** Applies a density now and for the next visit. */
export function setDensity(density: Density) {
  document.documentElement.dataset.density = density;
  try {
    localStorage.setItem(DENSITY_KEY, density);
  } catch {
    // Storage may be forbidden: the choice then lasts for this visit.
  }
}
