import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { serve, show } from "../testing/render";
import { Beginning } from "./Beginning";
// Here beforehand, so that no test waits for its words.
import "./FirstSteps";

const page = (total: number) => ({ body: { items: [], total, next_cursor: null } });
const home = (advocates: number) => ({ body: { advocates } });

it("an empty installation is led to its first search, and what is done is said to be done", async () => {
  serve(({ path }) => (path.includes("/program-home") ? home(0) : page(path.includes("/accounts") ? 3 : 0)));
  await show(<Beginning />);
  await screen.findByRole("heading", { name: "The way to the first search" });
  await waitFor(() => expect(screen.getAllByText("done")).toHaveLength(1));
  expect(screen.getByRole("button", { name: "Find a reference" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Add person" })).toBeNull();
});

it("nothing of it stands in the way once there is an advocate to find", async () => {
  const asked: string[] = [];
  serve(({ path }) => {
    asked.push(path);
    return home(1);
  });
  await show(<Beginning />);
  await waitFor(() => expect(asked.some((path) => path.includes("/program-home"))).toBe(true));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(screen.queryByRole("heading", { name: "The way to the first search" })).toBeNull();
});
