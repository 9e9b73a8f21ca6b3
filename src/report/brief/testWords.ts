import type { TestName } from "../../validation/finding.ts";
import { en, type TestWords } from "../../words/catalogue/en.ts";

/** Each test for somebody who does not know its name, in English. */
export const testWords: Readonly<Record<TestName, TestWords>> = en.tests;
