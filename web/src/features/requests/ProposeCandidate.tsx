import { Button, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAttemptKey } from "../../api/attempt-key";
import { advocatesQuery } from "../../api/queries";
import type { Request } from "../../api/types";
import { proposeCandidate } from "../../api/writes";
import { useCandidateChange } from "../../parts/use-candidate-change";
import { text } from "../../text/text";
import { FormProblem } from "../../ui/states";
import classes from "./RequestPage.module.css";

/** The program team adds an advocate to a request. */
export function ProposeCandidate({ request }: { request: Request }) {
  const keyFor = useAttemptKey();
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed, 200);
  const [advocate, setAdvocate] = useState<string | null>(null);
  const query = useInfiniteQuery(advocatesQuery({ q: asked || undefined, status: "active" }));
  const rows = query.data?.pages[0]?.items ?? [];
  const sending = useCandidateChange(
    (id: string) => proposeCandidate(request, id, keyFor({ request: request.id, id })),
    () => setAdvocate(null),
  );
  return (
    <>
      <form
        className={classes.propose}
        onSubmit={(event) => {
          event.preventDefault();
          if (advocate) sending.mutate(advocate);
        }}
      >
        <Select
          label={text("requests.propose")}
          placeholder={text("advocates.search")}
          searchable
          clearable
          searchValue={typed}
          onSearchChange={setTyped}
          filter={({ options }) => options}
          value={advocate}
          onChange={setAdvocate}
          data={rows.map((row) => ({ value: row.id, label: `${row.display_name}, ${row.account.name}` }))}
        />
        <Button type="submit" variant="default" disabled={advocate === null} loading={sending.isPending}>
          {text("requests.propose_add")}
        </Button>
      </form>
      <FormProblem error={sending.error} />
    </>
  );
}
