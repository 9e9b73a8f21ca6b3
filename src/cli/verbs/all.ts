import type { Verb } from "../verb.ts";
import { convert } from "./convert.ts";
import { demo } from "./demo.ts";
import { diff } from "./diff.ts";
import { exportVerb } from "./export.ts";
import { fetch } from "./fetch.ts";
import { inspect } from "./inspect.ts";
import { list } from "./list.ts";
import { mcp } from "./mcp.ts";
import { merge } from "./merge.ts";
import { notifyVerb } from "./notify.ts";
import { optimize } from "./optimize.ts";
import { part } from "./part.ts";
import { plan } from "./plan.ts";
import { rehearse } from "./rehearse.ts";
import { rollback } from "./rollback.ts";
import { scan } from "./scan.ts";
import { search } from "./search.ts";
import { show } from "./show.ts";
import { simulate } from "./simulate.ts";
import { split } from "./split.ts";
import { status } from "./status.ts";
import { validate } from "./validate.ts";

/** Every verb, in the order of the help. */
export const verbs: readonly Verb[] = [
  optimize,
  scan,
  plan,
  search,
  split,
  part,
  merge,
  status,
  simulate,
  validate,
  rehearse,
  exportVerb,
  fetch,
  inspect,
  convert,
  list,
  show,
  diff,
  rollback,
  notifyVerb,
  mcp,
  demo,
];
