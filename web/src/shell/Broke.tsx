import { Button } from "@mantine/core";
import { ApiProblem, NetworkLost } from "../api/problem";
import { PartLost } from "../text/catalogue";
import { text } from "../text/text";
import { Empty, Failed } from "../ui/states";

/** Loads the page anew; not while the server is away, when the browser might show its own page instead. */
async function reload() {
  const isThere = await fetch("/api/v1/health").then(
    () => true,
    () => false,
  );
  if (isThere) window.location.reload();
}

/** A page that threw: an answer of the server in its own words, a fault of ours as such. */
export function Broke({ error }: { error: unknown }) {
  if (error instanceof ApiProblem || error instanceof NetworkLost)
    return <Failed isPage error={error} onRetry={() => void reload()} />;
  if (error instanceof PartLost)
    return <Failed isPage error={new NetworkLost()} onRetry={() => void reload()} />;
  return (
    <div role="alert">
      <Empty
        isPage
        title={text("shell.broke_title")}
        why={text("shell.broke_why")}
        next={<Button onClick={() => void reload()}>{text("shell.reload")}</Button>}
      />
    </div>
  );
}
