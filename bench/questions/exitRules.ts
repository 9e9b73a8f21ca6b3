import { filterSpace } from "../data/spaces.ts";
import { referenceOpportunities, taskOf } from "../data/task.ts";
import { orderSpace, type Space, searchTable } from "../engine.ts";
import { measure, rateCells, rateColumns } from "../measure.ts";
import type { Cell, Question } from "../question.ts";

const filters = filterSpace([3, 4, 3, 2, 3, 2, 1, 1]);
const trailing = {
  trailing_stop_enabled: [false, true],
  trailing_stop_activation: [1, 1.5, 2],
  trailing_stop_distance: [0.5, 1, 1.5],
};
const holdings = { max_holding_hours: [4, 8, 16, 24, 48, 72] };
const stops = { atr_stop_multiplier: [0.75, 1, 1.5, 2, 3, 4] };
const targets = { atr_tp_multiplier: [1, 1.5, 2, 3, 4.5, 6] };

/** Spaces of the same size: 432 filter combinations with 2,160 exits by other rules. */
const spaces: Readonly<Record<string, Space>> = {
  "target, stop, holding time, trailing stop, in ATRs": { ...targets, ...stops, ...holdings, ...trailing },
  "the same in percent": {
    take_profit_percent: [0.5, 0.75, 1, 1.5, 2.25, 3],
    stop_loss_percent: [0.4, 0.5, 0.75, 1, 1.5, 2],
    ...holdings,
    trailing_stop_enabled: [false, true],
    trailing_activation_percent: [0.5, 0.75, 1],
    trailing_distance_percent: [0.25, 0.5, 0.75],
  },
  "percent stop, ROI tables, trailing stop, break-even": {
    roi: [
      { 0: 1, 60: 0.5, 240: 0 },
      { 0: 1.5, 120: 0.75, 480: 0 },
      { 0: 2, 240: 1, 720: 0 },
      { 0: 3, 480: 1.5, 1440: 0 },
      { 0: 2, 60: 1, 120: 0.5, 240: 0.2 },
      { 0: 4 },
    ],
    stop_loss_percent: [0.5, 0.75, 1, 1.5],
    max_holding_hours: [8, 24, 72],
    ...trailing,
    break_even_activation_percent: ["none", 0.5, 1],
  },
  "partial exits": {
    ...targets,
    ...stops,
    ...holdings,
    trailing_stop_enabled: [false, true],
    trailing_stop_activation: [1, 2],
    trailing_stop_distance: [0.5, 1],
    partial_exit: ["none", { share: 0.5, atr: 1, then: "break_even" }],
  },
};

/** What does each exit rule cost, at the same number of sets? */
export const exitRulesQuestion: Question = {
  name: "exits",
  title: "Exit rules",
  async ask({ market, say }) {
    const opportunities = referenceOpportunities(market);
    const rows: Record<string, Cell>[] = [];
    let plain = 0;
    for (const [exits, rules] of Object.entries(spaces)) {
      const space = { ...filters, ...rules };
      const task = taskOf(market, opportunities, space);
      const { sets } = orderSpace(space);
      const engine = await measure(async () => (await searchTable(task)).engine.milliseconds);
      if (plain === 0) plain = engine.milliseconds;
      say(`${exits}: ${sets} sets, ${engine.milliseconds.toFixed(1)} ms`);
      rows.push({ exits, sets, ...rateCells(engine, sets * task.table.count), ratio: engine.milliseconds / plain });
    }
    return {
      columns: [
        { key: "exits", head: "exits", format: "text" },
        { key: "sets", head: "sets", format: "count" },
        ...rateColumns("a pair", "pairs"),
        { key: "ratio", head: "times the first", format: "times" },
      ],
      rows,
      notes: [
        "432 filter combinations with 2,160 exits each; 4,000 opportunities, objective sqn, one thread, 16 MiB, warm",
        "every leader's figures come from walking its trades bar by bar",
      ],
    };
  },
};
