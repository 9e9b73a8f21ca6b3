import { describe, expect, it } from "vitest";
import { MemoryTimeline } from "../../src/run/memory.ts";

function timeline(): MemoryTimeline {
  let reading = 0;
  let now = 1000;
  return new MemoryTimeline({
    read: () => {
      reading += 10;
      return { rss: reading, heapUsed: reading + 1, arrayBuffers: reading + 2 };
    },
    now: () => {
      now += 5;
      return now;
    },
  });
}

describe("the memory timeline", () => {
  it("samples the start and the end of a phase, in time from its own making", async () => {
    const times = timeline();
    const value = await times.during("phase 1", () => {
      times.linearMemoryBytes = 65_536;
      return 7;
    });
    expect(value).toBe(7);
    expect(times.samples).toEqual([
      {
        phase: "phase 1",
        event: "start",
        rss: 10,
        heap_used: 11,
        array_buffers: 12,
        linear_memory: 0,
        milliseconds: 5,
      },
      {
        phase: "phase 1",
        event: "end",
        rss: 20,
        heap_used: 21,
        array_buffers: 22,
        linear_memory: 65_536,
        milliseconds: 10,
      },
    ]);
  });

  it("ends a phase that failed", async () => {
    const times = timeline();
    await expect(times.during("phase 2", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(times.samples.map((sample) => sample.event)).toEqual(["start", "end"]);
  });

  it("reads this process where nothing else is said", () => {
    const times = new MemoryTimeline();
    times.start("phase 1");
    expect(times.samples[0]!.rss).toBeGreaterThan(2 ** 20);
    expect(times.samples[0]!.milliseconds).toBeGreaterThanOrEqual(0);
  });
});
