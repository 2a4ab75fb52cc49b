//! Money of the metric, currency by currency. Refuses to add currencies up or to convert them.

import type { Leveraging, Money } from "../../api/types";

export interface CurrencySum {
  currency: string;
  influenced: Money;
  won: Money;
}

/** In the smallest coins of the currency, of which a yen and a cent are one each. */
function coins(money: Money): number {
  return Number(money.amount.replace(".", ""));
}

/**
 * Every currency once, the most coins first, so that yen do not pass dollars for having no cents; of
 * equal ones in the order of the alphabet.
 */
export function sumsOf(currencies: Leveraging["currencies"]): CurrencySum[] {
  const sums = Object.entries(currencies).map(([currency, money]) => ({
    currency,
    influenced: { amount: money.revenue_influenced, currency },
    won: { amount: money.revenue_won, currency },
  }));
  return sums.sort(
    (a, b) =>
      coins(b.influenced) - coins(a.influenced) ||
      coins(b.won) - coins(a.won) ||
      a.currency.localeCompare(b.currency),
  );
}
