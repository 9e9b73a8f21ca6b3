import type { Question } from "../question.ts";
import { commandQuestion } from "./command.ts";
import { config } from "./config.ts";
import { eventLoop } from "./eventLoop.ts";
import { exitRulesQuestion } from "./exitRules.ts";
import { formats } from "./formats.ts";
import { inMemory } from "./inMemory.ts";
import { interruption } from "./interruption.ts";
import { memory } from "./memory.ts";
import { objectivesQuestion } from "./objectives.ts";
import { opportunities } from "./opportunities.ts";
import { pairs } from "./pairs.ts";
import { parts } from "./parts.ts";
import { passages } from "./passages.ts";
import { portfolioQuestion } from "./portfolio.ts";
import { report } from "./report.ts";
import { sets } from "./sets.ts";
import { shapes } from "./shapes.ts";
import { threads } from "./threads.ts";

/** Every question, in the order of the page. */
export const questions: readonly Question[] = [
  pairs,
  objectivesQuestion,
  exitRulesQuestion,
  passages,
  portfolioQuestion,
  shapes,
  opportunities,
  sets,
  threads,
  parts,
  commandQuestion,
  memory,
  formats,
  config,
  interruption,
  eventLoop,
  report,
  inMemory,
];
