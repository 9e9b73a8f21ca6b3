import type { ConfigDocument } from "../config/document.ts";
import type { DaySpan } from "../validation/days.ts";
import { copiedBook, fileBook, memoryBook } from "./challengerBook.ts";
import { ChallengerDays } from "./challengerDays.ts";
import { tradedOf } from "./groups/unit.ts";
import type { Inputs } from "./inputs.ts";
import type { JudgedConfig } from "./judgeConfig.ts";
import { type Looked, lookAt } from "./ledgerPhase.ts";
import { marketEndMs } from "./marketEnd.ts";
import type { OptimizeCall } from "./optimizeCall.ts";
import type { Prepared } from "./prepare.ts";
import { type Shadow, shadowOf } from "./shadowPhase.ts";

/** A judged config with its look at the hold-out recorded; null if there is no config, or nothing to decide. */
export interface LookedConfig extends JudgedConfig {
  readonly look: Looked | null;
  /** Null under the gate policy. */
  readonly shadow: Shadow | null;
}

/** The data that was looked at. */
export interface HoldoutLook extends Pick<Inputs, "lookFingerprint"> {
  readonly prepared: Prepared;
  readonly span: DaySpan;
  /** Epoch ms. */
  readonly splitMs: number;
}

/** Records each config's look at the hold-out, before anything is decided. Throws InputError. */
export async function recordLooks(
  call: OptimizeCall,
  configs: readonly JudgedConfig[],
  { prepared, span, splitMs, lookFingerprint }: HoldoutLook,
  nowMs: number,
): Promise<LookedConfig[]> {
  const { held, settings, session, savesNothing } = call;
  const looked: LookedConfig[] = [];
  for (const config of configs) {
    const { document } = config;
    const types = [...config.types].flatMap(([type, { isOpenToDecision }]) => (isOpenToDecision ? [type] : []));
    if (!document || types.length === 0) {
      looked.push({ ...config, look: null, shadow: null });
      continue;
    }
    const look = {
      types,
      ...(config.units && { accounts: new Map([...config.units].map(([key, { type }]) => [key, type])) }),
      holdout: { firstDay: span.first, lastDay: span.first + span.count - 1 },
      confidence: settings.confidence,
      fingerprint: lookFingerprint,
      isDryRun: savesNothing && held.isRecommendation !== true,
      splitMs,
      dataEndMs: marketEndMs(prepared.market),
      configSha256: document.sha256,
    };
    const taken = held.ledger ? held.ledger.look(look, nowMs) : await lookAt(document, look, nowMs, session);
    const shadow = await shadowFor(call, { ...config, document }, types, { prepared, nowMs });
    looked.push({ ...config, look: taken, shadow });
  }
  return looked;
}

/** The challengers of one config, scored; null under the gate policy. */
async function shadowFor(
  { request, settings, session, held, savesNothing }: OptimizeCall,
  {
    document: { path },
    current,
    units,
  }: Pick<JudgedConfig, "current" | "units"> & { readonly document: ConfigDocument },
  types: readonly string[],
  { prepared, nowMs }: { readonly prepared: Prepared; readonly nowMs: number },
): Promise<Shadow | null> {
  if (request.policy !== "shadow") return null;
  const isCopied = savesNothing && held.isRecommendation !== true;
  const ofFile = () => (isCopied ? copiedBook(path, nowMs) : fileBook(path, nowMs, session));
  const book = held.ledger ? memoryBook(path, held.ledger, nowMs) : await ofFile();
  const traded = new Map(types.map((key) => [key, tradedOf(key, current, units)]));
  return shadowOf(book, new ChallengerDays(settings, prepared), traded);
}
