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
  fell: (drawdown, days) => `最大回撤 ${drawdown}（从高点到收复或期末 ${count(days)} 天）`,
  ratios: (sharpe, sortino, calmar) => `夏普比率 ${sharpe}，索提诺比率 ${sortino}，卡玛比率 ${calmar}`,
  traded: (trades, wins, liquidated) =>
    `${count(trades)} 笔交易，胜率 ${wins}${liquidated > 0 ? `，强平 ${count(liquidated)} 笔` : ""}`,
  used: (exposure, margin, turnover) =>
    `${exposure} 的时间持仓，保证金平均占净值 ${margin}，换手为净值的 ${turnover} 倍`,
  terms: (stake, leverage) => `每笔 ${stake}，杠杆 ${leverage}`,
  plan: (memory, days) => `${count(days)} 天的账户在搜索之外另需线性内存 ${memory}`,
  skipped: {
    ruined: (signals) => `${count(signals)} 个信号在资金亏光之后`,
    symbol_open: (signals) => `${count(signals)} 个信号的交易对已有持仓`,
    max_open: (signals) => `${count(signals)} 个信号超出 --max-open`,
    no_money: (signals) => `${count(signals)} 个信号可用资金不足`,
  },
};
