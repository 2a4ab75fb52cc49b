import { describe, expect, it } from "vitest";
import type { Term } from "../../api/types";
import { searchTree, treeOf, underOf } from "./tree";

const term = (id: string, parent: string | null = null, rank: number | null = null): Term => ({
  id,
  version: 1,
  facet: "industry",
  name: id,
  parent_id: parent,
  rank,
  synonyms: id === "Hospitals" ? ["Clinics"] : [],
  retired: false,
  merged_into: null,
  tagged: 0,
});
const terms = [
  term("Retail"),
  term("Hospitals", "Healthcare"),
  term("Healthcare"),
  term("Childrens", "Hospitals"),
];

describe("the tree of terms", () => {
  it("reads parents before their children, by name", () => {
    expect(treeOf(terms, false).map(({ term: one, depth }) => `${depth} ${one.name}`)).toEqual([
      "0 Healthcare",
      "1 Hospitals",
      "2 Childrens",
      "0 Retail",
    ]);
  });

  it("keeps the order of bands", () => {
    expect(treeOf([term("a", null, 2), term("b", null, 1)], true).map((one) => one.term.id)).toEqual([
      "b",
      "a",
    ]);
  });

  it("shows a term whose parent is not there at the top", () => {
    expect(treeOf([term("Orphan", "gone")], false)).toHaveLength(1);
  });

  it("finds by synonym and shows what stands above", () => {
    const found = searchTree(treeOf(terms, false), "clin");
    expect(found.map((one) => one.term.name)).toEqual(["Healthcare", "Hospitals"]);
    expect(searchTree(treeOf(terms, false), " ")).toHaveLength(4);
  });

  it("knows what lies under a term, so that no circle is offered", () => {
    expect([...underOf(treeOf(terms, false), "Healthcare")]).toEqual([
      "Healthcare",
      "Hospitals",
      "Childrens",
    ]);
  });
});
