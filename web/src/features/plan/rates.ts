//! Exchange rates as one line that a person types: `EUR 1.08, GBP 1.27`. The server says what is wrong with one.

export function writeRates(rates: Record<string, string>): string {
  return Object.entries(rates)
    .map(([currency, rate]) => `${currency} ${rate}`)
    .join(", ");
}

export function readRates(line: string): Record<string, string> {
  const read: Record<string, string> = {};
  for (const part of line.split(/[,;]/)) {
    const [currency = "", ...rate] = part.trim().split(/[\s=:]+/);
    if (currency) read[currency.toUpperCase()] = rate.join("");
  }
  return read;
}
