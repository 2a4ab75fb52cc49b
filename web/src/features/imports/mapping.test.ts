import { describe, expect, it } from "vitest";
import { remapped } from "./mapping";

const mapping = {
  version: 1,
  kind: "contacts",
  columns: [
    { column: "Person", field: "contact.name", splits: true },
    { column: "Mail", field: "contact.email" },
  ],
  default_currency: "EUR",
};

describe("a choice in the wizard", () => {
  it("lets a column feed another field and forgets how the old one was read", () => {
    expect(remapped(mapping, "Person", "account.name")).toEqual({
      ...mapping,
      columns: [
        { column: "Mail", field: "contact.email" },
        { column: "Person", field: "account.name" },
      ],
    });
  });

  it("leaves a column out", () => {
    expect(remapped(mapping, "Mail", null).columns.map((one) => one.column)).toEqual(["Person"]);
  });
});
