import { describe, expect, it } from "vitest";
import type { User } from "../../api/types";
import { listed, stateOf, teamsOf } from "./listing";

const user = (name: string, rest: Partial<User> = {}): User => ({
  id: name,
  version: 1,
  name,
  email: null,
  roles: ["seller"],
  team: null,
  manager_id: null,
  manager_name: null,
  is_active: true,
  can_sign_in: true,
  ...rest,
});

const people = [
  user("Zoe", { team: "West 2", email: "a@x.example" }),
  user("Ann", { can_sign_in: false, team: "West 10" }),
  user("Öznur", { is_active: false, roles: ["admin"] }),
];
const names = (asked: Parameters<typeof listed>[1]) => listed(people, asked, String).map((one) => one.name);

describe("the list of colleagues", () => {
  it("stands by name as the reader's language orders names", () =>
    expect(names({})).toEqual(["Ann", "Öznur", "Zoe"]));

  it("sorts either way, numbers in a name as numbers, and leaves what is empty last", () => {
    expect(names({ sort: "team" })).toEqual(["Zoe", "Ann", "Öznur"]);
    expect(names({ sort: "team", direction: "descending" })).toEqual(["Ann", "Zoe", "Öznur"]);
    expect(names({ sort: "roles" })).toEqual(["Öznur", "Ann", "Zoe"]);
  });

  it("narrows to who never signed in, who is switched off, and a team", () => {
    expect(people.map(stateOf)).toEqual(["on", "no_password", "off"]);
    expect(names({ state: "no_password" })).toEqual(["Ann"]);
    expect(names({ state: "off" })).toEqual(["Öznur"]);
    expect(names({ team: "West 2" })).toEqual(["Zoe"]);
    expect(names({ team: "West 2", state: "off" })).toEqual([]);
  });

  it("offers the teams that there are", () => expect(teamsOf(people)).toEqual(["West 2", "West 10"]));
});
