// `configCycle.js CONFIG`: loads a config, takes its snapshot, makes a diff and saves it; prints milliseconds and by how much memory grew.
import { diffConfig, openConfig, saveConfig } from "./engine.ts";

const path = process.argv[2]!;
const before = process.memoryUsage.rss();
const started = performance.now();
const document = await openConfig(path);
document.snapshot();
const value = 20 + (Date.now() % 50);
const params = new Map(["scalping", "swing"].map((type) => [type, { min_signal_score: value }] as const));
diffConfig(document, params, params.size);
await saveConfig(document, { params, phase2Learning: { latest: value } }, { nowMs: Date.now() });
const milliseconds = performance.now() - started;
const growth = Math.max(0, process.resourceUsage().maxRSS * 1024 - before);
process.stdout.write(JSON.stringify({ milliseconds, growth }));
