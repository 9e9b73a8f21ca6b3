// A thread that opens and closes one file, over and over, until it is terminated.
import { workerData } from "node:worker_threads";
import { openFile } from "../../modules/candles/byteSource.js";
import { Interruption } from "../../modules/library/interruption.js";
import { countOpenings } from "../../modules/opening.js";

countOpenings(new Interruption(workerData.words).openings);
for (;;) await (await openFile(workerData.path)).close();
