import classes from "./Initials.module.css";

interface Props {
  text: string;
  size?: "small" | "large";
}

/** Up to two letters that stand for a name; decoration, the name is always written next to it. */
export function Initials({ text, size = "small" }: Props) {
  return (
    <span
      className={classes.initials}
      data-size={size}
      data-text={text.slice(0, 2).toUpperCase()}
      aria-hidden="true"
    />
  );
}

/** The letters for a name that came without its own. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return words.length > 1 ? `${words[0]?.[0] ?? ""}${words[1]?.[0] ?? ""}` : name.slice(0, 2);
}
