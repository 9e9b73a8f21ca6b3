import { parentPort, workerData } from "node:worker_threads";
import { type OpeningCount, threadStarted } from "../opening.ts";
import { Crew, type CrewMessage } from "./crew.ts";
import { adoptModule, instantiateCore } from "./instance.ts";
import { SweepThread } from "./sweepThread.ts";

threadStarted(workerData as OpeningCount | null);

// One follower of a sweep: takes its share of every step that the leading thread asks for, in the same memory.
parentPort!.on("message", ({ module, memory, job, plan, mostCapture, index, count }: CrewMessage) => {
  adoptModule(module);
  const crew = new Crew(memory, plan.offsets[index]!.meeting, index, count);
  try {
    const thread = new SweepThread({ core: instantiateCore(memory), memory, job, plan }, crew, { mostCapture });
    thread.sweepBounds();
    // If no other set can rank before the last place, the leading thread disbands the crew instead of joining.
    crew.meet();
    thread.settleRest();
  } catch (error) {
    crew.fail(error);
  } finally {
    crew.leave();
  }
});
