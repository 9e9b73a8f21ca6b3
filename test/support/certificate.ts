import { createRequire } from "node:module";
import { dirname, join } from "node:path";

// The self-signed certificate for localhost that smtp-server brings along: for tests that nobody trusts it.
const require = createRequire(import.meta.url);
const file = join(dirname(require.resolve("smtp-server")), "tls-options.js");
const loaded = require(file) as { default?: (options?: object) => object } & ((options?: object) => object);
const { key, cert } = (loaded.default ?? loaded)({}) as { readonly key: string; readonly cert: string };

export { cert, key };
