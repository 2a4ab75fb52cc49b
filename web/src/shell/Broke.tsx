import { Button } from "@mantine/core";
import { ApiProblem, NetworkLost } from "../api/problem";
import { PartLost } from "../text/catalogue";
import { text } from "../text/text";
import { Empty, Failed } from "../ui/states";

/** A page that threw: an answer of the server in its own words, a fault of ours as such. */
export function Broke({ error }: { error: unknown }) {
  const reload = () => window.location.reload();
  if (error instanceof ApiProblem || error instanceof NetworkLost)
    return <Failed isPage error={error} onRetry={reload} />;
  if (error instanceof PartLost) return <Failed isPage error={new NetworkLost()} onRetry={reload} />;
  return (
    <div role="alert">
      <Empty
        isPage
        title={text("shell.broke_title")}
        why={text("shell.broke_why")}
        next={<Button onClick={reload}>{text("shell.reload")}</Button>}
      />
    </div>
  );
}
