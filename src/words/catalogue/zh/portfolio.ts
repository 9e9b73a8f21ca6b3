import { count } from "../../figures.ts";
import type { portfolio as english } from "../en/portfolio.ts";

/** The same in Simplified Chinese. */
export const portfolio: typeof english = {
  label: "资金",
  risk: "风险",
  use: "资金占用",
  skippedLabel: "未开仓",
  made: (capital, equity, total, yearly, days) =>
    `${count(days)} 天内从 ${capital} 变为 ${equity}（${total}；年化 ${yearly}）`,
  deepest: (drawdown, days) => `最大回撤 ${drawdown}（从高点到收复或期末 ${count(days)} 天）`,
  ratios: (sharpe, sortino, calmar) => `夏普比率 ${sharpe}，索提诺比率 ${sortino}，卡玛比率 ${calmar}`,
  traded: (trades, wins, liquidated) =>
    `${count(trades)} 笔交易，胜率 ${wins}${liquidated > 0 ? `，强平 ${count(liquidated)} 笔` : ""}`,
  used: (exposure, margin, turnover) =>
    `${exposure} 的时间持仓，保证金平均占净值 ${margin}，换手为净值的 ${turnover} 倍`,
  terms: (stake, leverage) => `每笔 ${stake}，杠杆 ${leverage}`,
  rankedLabel: "排名依据",
  metrics: {
    calmar: "卡玛比率",
    sharpe: "夏普比率",
    sortino: "索提诺比率",
    cagr: "年化收益",
    return: "总收益",
    drawdown: "最小回撤",
  },
  ranked: (metric, traded, place) =>
    `资金账户，${metric}：按目标函数取最好的 ${count(traded)} 组参数各用一份资金交易；胜出者按目标函数${
      place === null ? "排在它们之后" : `排第 ${count(place)}`
    }`,
  planned: (sets, time) => `资金账户：按目标函数取最好的 ${count(sets)} 组参数各用一份资金交易，约多用 ${time}`,
  rankedExact: "；已证明参数空间中没有更好的",
  rankedNotExact: "；其余参数组合没有这样排名",
  tiesCut: "；名单末尾并列的组合多于实际交易的",
  winner: (total, yearly, drawdown) => `最佳参数的资金账户：${total}，年化 ${yearly}，最大回撤 ${drawdown}（样本内）`,
  plan: (memory, days) => `${count(days)} 天的账户在搜索之外另需线性内存 ${memory}`,
  caption: (capital, days) => `${capital} 资金扣除费用后的收益，${days}`,
  captionOfTrades: (capital) => `${capital} 资金扣除费用后的收益（成交笔数）`,
  together: "合计",
  fell: (now, proposed) => `共用一份资金；最大回撤：当前 ${now}，新参数 ${proposed}`,
  fellOf: (proposed) => `共用一份资金；最大回撤 ${proposed}`,
  perDay: (gained) => `95% 区间的下限为每天净值的 ${gained}`,
  best: (sets, metric, total, yearly, trades) =>
    `${count(sets)} 组参数中按资金账户的${metric}最优：${total}，年化 ${yearly}，共 ${count(trades)} 笔`,
  noMoney: (sets, metric, total) =>
    `没有参数能赚钱：${count(sets)} 组参数中按资金账户的${metric}最优的一组也只有 ${total}`,
  gateFigures: (own, perDay, days) => `资金账户 ${own}，${count(days)} 天内每天净值 ${perDay}`,
  gateFiguresAgainst: (own, current, perDay, days) =>
    `资金账户 ${own}，当前 ${current}，${count(days)} 天内每天净值 ${perDay}`,
  policyColumns: ["资金账户", "净值", "收益", "年化", "回撤", "笔数", "比不更改多", "95% 区间"],
  policyNote: (capital) => `${capital} 资金贯穿所有晚上。“比不更改多”指每天净值收益之和比从不更改多的部分。`,
  unseen: (gained) => `，其资金账户样本外 ${gained}`,
  against: (never, none) => `每天净值收益之和比从不更改多 ${never}%，比不交易多 ${none}%`,
  nothingChanged: (nights, gained) => `未更改：${count(nights)} 晚都没有更改，现有参数的资金账户收益为 ${gained}`,
  skipped: {
    ruined: (signals) => `${count(signals)} 个信号在资金亏光之后`,
    symbol_open: (signals) => `${count(signals)} 个信号的交易对已有持仓`,
    max_open: (signals) => `${count(signals)} 个信号超出 --max-open`,
    no_money: (signals) => `${count(signals)} 个信号可用资金不足`,
  },
  page: {
    equity: "一份资金的净值（计价货币）",
    curves: "一份资金的净值（计价货币）与回撤",
    curve: "净值",
    under: "距最近高点的回撤，百分比",
    caption: (capital) => `${capital} 资金在样本外扣除费用后的收益与最大回撤`,
    gained: (gained, fell) => `${gained}（回撤 ${fell}）`,
    joint: "所有类型共用一份资金",
    oneSet: (capital) => `${capital} 资金扣除费用后的收益`,
    oneSetColumns: ["", "收益", "年化", "最大回撤", "成交笔数"],
    figures: (capital, stake, leverage) => `账户：本金 ${capital}，每笔 ${stake}，杠杆 ${leverage}`,
    figureColumns: ["", "数值"],
    names: {
      equity: "期末净值",
      gained: "收益",
      yearly: "年化",
      fell: "最大回撤",
      ratios: "夏普 / 索提诺 / 卡玛",
      exposure: "持仓时间占比",
      margin: "保证金占净值",
      turnover: "换手（净值的倍数）",
      taken: "成交信号",
      liquidated: "强平",
    },
    fellFor: (drawdown, days) => `${drawdown}，${count(days)} 天`,
    takenOf: (trades, wins) => `${count(trades)} 个，胜率 ${wins}`,
    skipped: {
      ruined: "未开仓：资金亏光",
      symbol_open: "未开仓：交易对已有持仓",
      max_open: "未开仓：持仓数已满",
      no_money: "未开仓：可用资金不足",
    },
    whose: (trades, set) => `${set}用一份资金成交 ${count(trades)} 笔，已扣除费用。`,
    months: "各月收益",
    monthColumns: ["月份", "收益", "净值"],
  },
};
