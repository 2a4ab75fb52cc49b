import { cleanup, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { show } from "../testing/render";
import { ContentPreview } from "./ContentPreview";

const nothing = { title: "Trap", body: null, url: null, file: null, fileAddress: "/file" };
const file = (media_type: string) => ({ id: "1", name: "a.bin", media_type, byte_count: 2_100_000 });

describe("what content shows", () => {
  it.each(["javascript:alert(1)", "data:text/html,x", "//elsewhere.example"])(
    "%s is no link",
    async (url) => {
      await show(<ContentPreview {...nothing} body="A story" url={url} />);
      expect(screen.queryByRole("link")).toBeNull();
    },
  );

  it("a document is a download with its size, a picture and a clip are shown", async () => {
    await show(<ContentPreview {...nothing} file={file("application/pdf")} />);
    expect(screen.getByRole("link", { name: "Download a.bin (2.1 MB)" }).getAttribute("href")).toBe("/file");
    cleanup();
    await show(<ContentPreview {...nothing} file={file("image/png")} />);
    expect(screen.getByRole("img", { name: "Trap" }).getAttribute("src")).toBe("/file");
    cleanup();
    await show(<ContentPreview {...nothing} file={file("video/mp4")} />);
    expect(screen.getByLabelText("Trap").tagName).toBe("VIDEO");
  });

  it("with nothing to show it says what is missing", async () => {
    await show(<ContentPreview {...nothing} />);
    expect(screen.getByText("Nothing to show yet")).toBeTruthy();
  });
});
