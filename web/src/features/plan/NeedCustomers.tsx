import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { NeedCalendar } from "../../api/types";
import { formatDay } from "../../format/format";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { DataTable } from "../../ui/DataTable";
import { Mark } from "../../ui/Mark";
import { Section } from "../../ui/Section";
import classes from "./needs.module.css";

interface Props {
  customers: NeedCalendar["customers"];
  onOpen: (need: string) => void;
}

/** Everything that one customer is asked for over time, and what there is no room for. */
export function NeedCustomers({ customers, onOpen }: Props) {
  const { today } = useSession();
  if (customers.length === 0) return null;
  return (
    <Section plain title={text("plan.needs.customers")}>
      <DataTable
        caption={text("plan.needs.customers")}
        rows={customers}
        rowKey={(one) => one.account.id}
        columns={[
          {
            key: "customer",
            label: text("plan.needs.customer"),
            cell: (one) => (
              <AppLink href={paths.account(one.account.id)}>
                <bdi>{one.account.name}</bdi>
              </AppLink>
            ),
          },
          {
            key: "asks",
            label: text("plan.needs.asks"),
            cell: (one) => (
              <ul className={classes.asks}>
                {one.asks.map((ask) => (
                  <li key={`${ask.on}-${ask.activity}-${ask.need_id ?? ""}`}>
                    {formatDay(ask.on, today)} ·{" "}
                    {ask.need_id ? (
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        onClick={() => ask.need_id && onOpen(ask.need_id)}
                      >
                        <bdi>{ask.title}</bdi>
                      </Button>
                    ) : (
                      `${text(`activity.${ask.activity}`)}, ${text("plan.needs.promised")}`
                    )}{" "}
                    {ask.is_clash ? (
                      <Mark tone="overdue" icon={<IconAlertTriangle />}>
                        {text("plan.needs.clash")}
                      </Mark>
                    ) : null}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </Section>
  );
}
