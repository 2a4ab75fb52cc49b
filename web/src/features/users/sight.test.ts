import { describe, expect, it } from "vitest";
import { readRecord } from "./ColleagueSight";

const id = "00000006-0000-4000-8000-000000000001";

describe("the address of a record", () => {
  it("is read with and without the host, whatever stands behind it", () => {
    expect(readRecord(`https://references.example.com/accounts/${id}?tab=people`)).toEqual({
      kind: "account",
      record: id,
    });
    expect(readRecord(` /accounts/contacts/${id.toUpperCase()} `)).toEqual({ kind: "contact", record: id });
    expect(readRecord(`/opportunities/${id}`)).toEqual({ kind: "opportunity", record: id });
  });

  it("names nothing where there is no id or no record of that kind", () => {
    expect(readRecord("/accounts")).toBeNull();
    expect(readRecord(`/settings/users?user=${id}`)).toBeNull();
    expect(readRecord(id)).toBeNull();
  });
});
