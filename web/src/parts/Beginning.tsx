import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { programHomeQuery } from "../api/steward-queries";
import { spoken } from "../text/catalogue";

const FirstSteps = lazy(() =>
  spoken(import("./FirstSteps")).then((module) => ({ default: module.FirstSteps })),
);

/** Leads whoever runs the program to a first search, as long as there is no advocate to find. */
export function Beginning() {
  const home = useQuery(programHomeQuery());
  if (home.data?.advocates !== 0) return null;
  return (
    <Suspense fallback={null}>
      <FirstSteps />
    </Suspense>
  );
}
