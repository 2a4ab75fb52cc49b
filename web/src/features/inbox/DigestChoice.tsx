import { Button, Select, Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { chooseDigest, digestQuery } from "../../api/inbox";
import type { Digest } from "../../api/types";
import { formatHour, ownZone } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";
import { Failed, FormProblem, Loading } from "../../ui/states";
import classes from "./InboxPage.module.css";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Whether and when the reader gets a letter a day about what is open. */
export function DigestChoice() {
  const query = useQuery(digestQuery());
  return (
    <Section title={text("inbox.digest.title")}>
      {query.isPending ? (
        <Loading rows={1} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Choice digest={query.data} />
      )}
    </Section>
  );
}

/** Why no letter comes, whatever is chosen. */
function refusal(digest: Digest, sendsMail: boolean): string | null {
  if (!sendsMail) return text("inbox.digest.no_mail");
  return digest.email ? null : text("inbox.digest.no_address");
}

function Choice({ digest }: { digest: Digest }) {
  const session = useSession();
  const cache = useQueryClient();
  const saving = useMutation({
    mutationFn: chooseDigest,
    onSuccess: (saved) => cache.setQueryData(digestQuery().queryKey, saved),
  });
  const { is_on, at_hour, time_zone } = digest;
  const choose = (change: Partial<Digest>) => saving.mutate({ is_on, at_hour, time_zone, ...change });
  const zone = ownZone();
  const why = refusal(digest, session.mail_configured);
  return (
    <>
      <p className="meta">{why ?? text("inbox.digest.why", { email: digest.email ?? "" })}</p>
      <FormProblem error={saving.error} />
      <div className={classes.digest}>
        <Switch
          label={text("inbox.digest.on")}
          checked={is_on}
          disabled={saving.isPending}
          onChange={(event) => choose({ is_on: event.currentTarget.checked })}
        />
        <Select
          size="xs"
          label={text("inbox.digest.hour")}
          data={HOURS.map((hour) => ({ value: `${hour}`, label: formatHour(hour) }))}
          value={`${at_hour}`}
          allowDeselect={false}
          disabled={!is_on || saving.isPending}
          onChange={(hour) => (hour === null ? null : choose({ at_hour: Number(hour), time_zone: zone }))}
        />
        <span className="meta">{text("inbox.digest.zone", { zone: time_zone })}</span>
        {is_on && time_zone !== zone ? (
          <Button
            size="xs"
            variant="default"
            loading={saving.isPending}
            onClick={() => choose({ time_zone: zone })}
          >
            {text("inbox.digest.own_zone", { zone })}
          </Button>
        ) : null}
      </div>
    </>
  );
}
