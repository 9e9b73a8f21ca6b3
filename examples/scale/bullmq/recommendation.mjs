// One bot's recommendation, as a job of the queue. Nothing is saved to a config here: a late worker would overwrite newer parameters. `apply` runs where the bot is.
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { recommend } from "sluice";

/** What a recommendation is called in the results' folder: the id of its job, a hash of what it is asked for. */
export const fileOf = (results, id) => join(results, `${id}.json`);

/** Makes a recommendation unless the results hold one for the same question. */
export async function runRecommendationJob({ id, request, results }, say) {
  const file = fileOf(results, id);
  const there = await readFile(file, "utf8").catch(() => null);
  if (there !== null) {
    say(`known ${id}`);
    return { file, reused: true };
  }
  say(`recommend ${id}`);
  const recommendation = await recommend(request);
  await mkdir(results, { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, JSON.stringify(recommendation));
  await rename(draft, file);
  return { file, reused: false };
}
