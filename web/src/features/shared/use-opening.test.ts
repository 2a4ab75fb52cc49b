import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { whenSeenFor } from "./use-opening";

function turn(state: "visible" | "hidden") {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

describe("a shared page", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    turn("visible");
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("counts once it could be seen for three seconds", () => {
    const seen = vi.fn();
    whenSeenFor(3, seen);
    vi.advanceTimersByTime(2_999);
    expect(seen).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(seen).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(10_000);
    expect(seen).toHaveBeenCalledTimes(1);
  });

  it("waits while it stands in the background", () => {
    const seen = vi.fn();
    whenSeenFor(3, seen);
    vi.advanceTimersByTime(2_000);
    turn("hidden");
    vi.advanceTimersByTime(60_000);
    expect(seen).not.toHaveBeenCalled();
    turn("visible");
    vi.advanceTimersByTime(999);
    expect(seen).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(seen).toHaveBeenCalledTimes(1);
  });

  it("stops waiting when it is left", () => {
    const seen = vi.fn();
    const stop = whenSeenFor(3, seen);
    vi.advanceTimersByTime(2_000);
    stop();
    vi.advanceTimersByTime(10_000);
    turn("visible");
    vi.advanceTimersByTime(10_000);
    expect(seen).not.toHaveBeenCalled();
  });
});
