// The built package, as the benches use it: one door, so that what is measured is what is shipped.

export { type Candles, type Market, unbroken } from "../dist/candles/candles.js";
export { readMarket } from "../dist/candles/read.js";
export { syntheticMarket } from "../dist/candles/synthetic.js";
export { diffConfig } from "../dist/config/diff.js";
export { openConfig } from "../dist/config/document.js";
export { saveConfig } from "../dist/config/save.js";
export { eagerFlags } from "../dist/core/eagerFlags.js";
export { prepareCore } from "../dist/core/instance.js";
export { search } from "../dist/library/calls.js";
export { wilderAtr } from "../dist/opportunities/indicators.js";
export { labelOpportunities } from "../dist/opportunities/labels.js";
export { readOpportunities } from "../dist/opportunities/read.js";
export { type Labels, type OpportunityTable, pickLabels, pickRows } from "../dist/opportunities/table.js";
export { writeOpportunities } from "../dist/opportunities/write.js";
export { optimize } from "../dist/optimize.js";
export { metricsOf, type TradeOutcome } from "../dist/search/metrics.js";
export { compareSets, type Objective, objectives, scoreOf } from "../dist/search/objectives.js";
export type { RankedSet } from "../dist/search/result.js";
export { type SearchOutcome, searchTable } from "../dist/search/searchTable.js";
export type { SearchTask } from "../dist/search/searchTask.js";
export { orderSpace } from "../dist/space/order.js";
export type { Parameters, ParameterValue, Space } from "../dist/space/parameters.js";
