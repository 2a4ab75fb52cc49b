import { NumberInput, Select } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Money } from "../../api/types";
import { typedNumbers } from "../../format/format";
import { text } from "../../text/text";
import classes from "./MoneyInput.module.css";

interface Props {
  label: string;
  value?: Money | null;
  onChange?: (value: Money | null) => void;
  error?: ReactNode;
}

const CURRENCIES = Intl.supportedValuesOf("currency");
/** Where nothing says otherwise. */
const CURRENCY = "USD";
/** Currencies beyond these are typed. */
const SHOWN = 30;

/** An amount and its currency; an emptied amount is none. */
export function MoneyInput({ label, value = null, onChange, error }: Props) {
  const [currency, setCurrency] = useState<string>(value?.currency ?? CURRENCY);
  return (
    <div className={classes.money}>
      <NumberInput
        aria-label={label}
        min={0}
        decimalScale={3}
        {...typedNumbers}
        hideControls
        valueIsNumericString
        value={value?.amount ?? ""}
        error={error}
        onChange={(amount) => onChange?.(amount === "" ? null : { amount: String(amount), currency })}
      />
      <Select
        aria-label={text("opportunities.currency")}
        searchable
        allowDeselect={false}
        limit={SHOWN}
        data={CURRENCIES}
        value={currency}
        onChange={(next) => {
          if (!next) return;
          setCurrency(next);
          if (value) onChange?.({ ...value, currency: next });
        }}
      />
    </div>
  );
}
