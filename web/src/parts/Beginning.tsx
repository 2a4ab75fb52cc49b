import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { advocatesTotalQuery } from "../api/queries";
import { spoken } from "../text/catalogue";

const FirstSteps = lazy(() =>
  spoken(import("./FirstSteps")).then((module) => ({ default: module.FirstSteps })),
);

/** Leads whoever runs the program to a first search, as long as there is no advocate to find. */
export function Beginning() {
  const advocates = useQuery(advocatesTotalQuery({}));
  if (advocates.data !== 0) return null;
  return (
    <Suspense fallback={null}>
      <FirstSteps />
    </Suspense>
  );
}
