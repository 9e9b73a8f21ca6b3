import { count } from "../../figures.ts";
import type { Texts } from "../en.ts";

/** The same in Simplified Chinese. */
export const data: Texts["data"] = {
  candles: "K 线",
  breaks: "断点",
  signals: "信号",
  warning: "警告",
  span: (symbols, candles, from, to) => `${count(symbols)} 个交易对，${count(candles)} 根，${from} 至 ${to}`,
  missing: (candles, holes) => `${count(holes)} 处缺口，缺 ${count(candles)} 根`,
  duplicates: (duplicates) => `重复 ${count(duplicates)} 根`,
  repaired: (candles) => `修正舍入误差 ${count(candles)} 根`,
  dropped: (candles) => `丢弃无效 ${count(candles)} 根`,
  unfinished: (candles) => `略去未收盘 ${count(candles)} 根`,
  closed: (when) => `休市：${when}`,
  closedOf: (when, symbols) => `休市：${when}（${count(symbols)} 个交易对）`,
  funding: (payments) => `资金费 ${count(payments)} 次`,
  leftOut: (symbols) => `此区间内无 K 线：${symbols}`,
  andMore: (names, more) => `${names} 等，另有 ${count(more)} 个`,
  otherWays: (ways) => `其余文件另有 ${count(ways)} 种读取方式（见 --json 的 read_as）`,
  unitChanges: (breaks) => `计价单位变化 ${count(breaks)} 次，没有交易跨越`,
  unitChangesAt: (changes) => `计价单位变化（拆分或更改面值），没有交易跨越：${changes}`,
  moreChanges: (changes) => `，另有 ${count(changes)} 次`,
  crossing: (opportunities) => `（其中 ${count(opportunities)} 个跨越计价单位变化）`,
  signalRows: (rows, what) => `${count(rows)} 行：${what}`,
  signalsDropped: (rows, inHoles) => `丢弃 ${count(rows)} 行${inHoles > 0 ? `（${count(inHoles)} 行在缺口中）` : ""}`,
  signalsTwice: (rows) => `丢弃重复 ${count(rows)} 行`,
  signalsOverlapping: (rows) => `重叠 ${count(rows)} 行`,
  notShown: (columns) => `未显示：${columns}（--verbose）`,
  moreRows: (rows) => `另有 ${rows} 项`,
};
