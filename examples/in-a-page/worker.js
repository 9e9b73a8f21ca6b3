// A search on a thread of its own, so that the page stays free. To stop it, the page terminates this worker.
import { searchColumns } from "./sluice/core.js";

self.onmessage = async ({ data: request }) => {
  try {
    const result = await searchColumns(request, { onProgress: ({ share }) => postMessage({ share }) });
    postMessage({ result });
  } catch (error) {
    postMessage({ error: { code: error.code, message: error.message, ...error.details } });
  }
};
