/** How far a call is. */
export interface Standing {
  /** Done part of the whole call, 0-1; never falls, and is 1 only at the end. */
  readonly share: number;
  readonly elapsedMs: number;
  /** Expected time until the end; null until something was measured. */
  readonly remainingMs: number | null;
}

/** Work that is still to be done, all pieces of it alike. */
interface Planned {
  readonly kind: string;
  /** What one piece takes on the machine that the expectations are from. Only their ratios matter once something was measured. */
  readonly expectedMs: number;
  /** Pieces left; less than 1 where it is not certain that there is one. */
  readonly left: number;
}

/** A piece that is being done. Pieces may be done inside others; their time is not the outer one's. */
interface Open {
  readonly name: string;
  readonly kind: string;
  readonly expectedMs: number;
  beganMs: number;
  /** Time of pieces inside. */
  insideMs: number;
  /** What was told of it, else null: then time is all there is to go by. */
  told: number | null;
  /** The done part that the share has taken in. */
  done: number;
}

/** Expected and measured time of what is done of one kind. */
interface Measured {
  expectedMs: number;
  tookMs: number;
}

/** Below this, a measurement is noise. */
const leastMeasuredMs = 50;
/** From this part of its expected time a piece of which nothing is told is taken to go on ever more slowly: it may take longer than expected. */
const slowsFrom = 0.7;
/** What comes after everything that is planned. */
const restMs = 20;
const most = 0.999;

/**
 * The share and the remaining time of a call, from pieces of work whose relative cost is known beforehand and whose real cost is measured as they are done. The
 * share moves by what part of the remaining work was just done: `1 - share` shrinks as the remaining work does. So it never falls or jumps when
 * expectations change, and reaches 1 exactly when nothing is left.
 */
export class Meter {
  private readonly planned = new Map<string, Planned>();
  private readonly open: Open[] = [];
  private readonly measured = new Map<string, Measured>();
  private readonly beganMs: number;
  private share = 0;
  private isOver = false;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.beganMs = now();
  }

  /** Expects pieces of work that were not expected, or expects them differently. The share stays where it is. */
  expect(name: string, kind: string, expectedMs: number, left = 1): void {
    this.planned.set(name, { kind, expectedMs: Math.max(0.01, expectedMs), left });
  }

  /** It has become clear how many pieces of that name are left. */
  leave(name: string, left: number): void {
    const plan = this.planned.get(name);
    if (plan) this.planned.set(name, { ...plan, left });
  }

  /** Nothing else of what was expected is needed; what is open goes on. */
  dropRest(): void {
    this.planned.clear();
  }

  /** Begins one piece. One that was not expected takes nothing of the share. */
  begin(name: string): void {
    this.advance();
    const plan = this.planned.get(name);
    if (plan) this.leave(name, Math.max(0, plan.left - 1));
    const { kind = "", expectedMs = 0 } = plan ?? {};
    this.open.push({ name, kind, expectedMs, beganMs: this.now(), insideMs: 0, told: null, done: 0 });
  }

  /** The innermost open piece of that name is done to this part. */
  reach(name: string, fraction: number): void {
    const piece = this.open.findLast((each) => each.name === name);
    if (piece && fraction >= 0) piece.told = Math.max(piece.told ?? 0, Math.min(1, fraction));
  }

  /** Changes what the open piece of that name is expected to take, and those that are left. */
  reconsider(name: string, expectedMs: number): void {
    const plan = this.planned.get(name);
    if (plan) this.planned.set(name, { ...plan, expectedMs });
    const at = this.open.findLastIndex((each) => each.name === name);
    const piece = this.open[at];
    if (piece) this.open[at] = { ...piece, expectedMs };
  }

  /** Ends the innermost open piece. */
  end(): void {
    const piece = this.open.at(-1);
    if (!piece) return;
    piece.told = 1;
    this.advance();
    this.open.pop();
    const wholeMs = this.now() - piece.beganMs;
    const outer = this.open.at(-1);
    if (outer) outer.insideMs += wholeMs;
    if (piece.kind === "") return;
    const sums = this.measured.get(piece.kind) ?? { expectedMs: 0, tookMs: 0 };
    sums.expectedMs += piece.expectedMs;
    sums.tookMs += wholeMs - piece.insideMs;
    this.measured.set(piece.kind, sums);
  }

  /** Everything is done. */
  finish(): void {
    this.planned.clear();
    this.open.length = 0;
    this.isOver = true;
    this.share = 1;
  }

  standing(): Standing {
    this.advance();
    const isKnown = this.isOver || this.overallFactor() !== null;
    const elapsedMs = this.now() - this.beganMs;
    return { share: this.share, elapsedMs, remainingMs: isKnown ? (this.isOver ? 0 : this.remainingMs()) : null };
  }

  /** Takes what was done since the last time into the share. */
  private advance(): void {
    if (this.isOver) return;
    const before = this.remainingMs();
    for (const piece of this.open) piece.done = Math.max(piece.done, this.doneOf(piece));
    const after = this.remainingMs();
    this.share = Math.min(most, Math.max(this.share, 1 - (1 - this.share) * (after / before)));
  }

  private remainingMs(): number {
    let sum = restMs;
    for (const { kind, expectedMs, left } of this.planned.values()) sum += left * expectedMs * this.factorOf(kind);
    for (const piece of this.open) sum += (1 - piece.done) * this.expectedOf(piece);
    return sum;
  }

  /** What an open piece should take in all: by its own pace where that is told, else by its kind's. */
  private expectedOf(piece: Open): number {
    const byKind = piece.expectedMs * this.factorOf(piece.kind);
    const { told } = piece;
    if (told === null || told >= 1 || byKind === 0) return byKind;
    const ownMs = this.ownMs(piece);
    // The further it is, the more its own pace counts.
    return ownMs < leastMeasuredMs || told === 0 ? byKind : (1 - told) * byKind + ownMs;
  }

  private doneOf(piece: Open): number {
    if (piece.told !== null) return piece.told;
    const expectedMs = this.expectedOf(piece);
    if (expectedMs === 0) return 0;
    const part = this.ownMs(piece) / expectedMs;
    const slow = 1 - slowsFrom;
    return part < slowsFrom ? part : 1 - slow * Math.exp((slowsFrom - part) / slow);
  }

  private ownMs(piece: Open): number {
    const inner = this.open[this.open.indexOf(piece) + 1];
    return this.now() - piece.beganMs - piece.insideMs - (inner ? this.now() - inner.beganMs : 0);
  }

  /** How many times as long as expected work of a kind takes here. */
  private factorOf(kind: string): number {
    const own = this.measured.get(kind);
    if (own && own.tookMs >= leastMeasuredMs && own.expectedMs > 0) return own.tookMs / own.expectedMs;
    return this.overallFactor() ?? 1;
  }

  private overallFactor(): number | null {
    let expectedMs = 0;
    let tookMs = 0;
    for (const sums of this.measured.values()) {
      expectedMs += sums.expectedMs;
      tookMs += sums.tookMs;
    }
    // What is told of open pieces is measured, too: the first piece may be the longest.
    for (const piece of this.open) {
      if (piece.told === null || piece.kind === "") continue;
      expectedMs += piece.told * piece.expectedMs;
      tookMs += this.ownMs(piece);
    }
    return tookMs < leastMeasuredMs || expectedMs === 0 ? null : tookMs / expectedMs;
  }
}
