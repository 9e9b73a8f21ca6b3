import { nodeModule } from "../nodeModule.ts";
import { Crew, type CrewMessage } from "./crew.ts";
import { coreOver } from "./overMemory.ts";
import { SweepThread } from "./sweepThread.ts";

// One follower of a sweep: takes its share of every step that the leading thread asks for, in the same memory. It runs in Node and in pages.

function follow({ module, memory, job, plan, mostCapture, index, count }: CrewMessage): void {
  const crew = new Crew(memory, plan.offsets[index]!.meeting, index, count);
  try {
    const thread = new SweepThread({ core: coreOver(module, memory), memory, job, plan }, crew, { mostCapture });
    thread.sweepBounds();
    // If no other set can rank before the last place, the leading thread disbands the crew instead of joining.
    crew.meet();
    thread.settleRest();
  } catch (error) {
    crew.fail(error);
  } finally {
    crew.leave();
  }
}

const parent = nodeModule("node:worker_threads")?.parentPort;
if (parent) parent.on("message", follow);
else {
  const page = globalThis as unknown as {
    onmessage: (event: MessageEvent<CrewMessage | null>) => void;
    postMessage(answer: null): void;
  };
  // A message of nothing asks whether messages arrive.
  page.onmessage = ({ data }) => (data ? follow(data) : page.postMessage(null));
}
