import "../text/holds";
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { spoken } from "../text/catalogue";
import { text } from "../text/text";

const HoldDialog = lazy(() =>
  spoken(import("./HoldDialog")).then((module) => ({ default: module.HoldDialog })),
);

/** Opens the dialog that keeps a use, for a deal or of an advocate. */
export function HoldButton(of: { advocate?: string; deal?: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
        {text(of.advocate ? "holds.put_by_deal" : "holds.put_by")}
      </Button>
      {isOpen ? (
        <Suspense fallback={null}>
          <HoldDialog {...of} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
