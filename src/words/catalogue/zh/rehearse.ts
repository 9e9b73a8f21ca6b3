import { count } from "../../figures.ts";
import type { Texts } from "../en.ts";

/** The same in Simplified Chinese. */
export const rehearse: Texts["rehearse"] = {
  nights: "晚数",
  changes: "更改",
  nothingChanged: (nights, made) => `未更改：${count(nights)} 晚都没有更改，现有参数赚得单笔本金的 ${made}%`,
  yes: (against) => `是：按决定执行优于两者：${against}`,
  no: (against) => `否：按决定执行不优于两者：${against}`,
  unsure: (against) => `不确定：领先，但可能出于偶然：${against}`,
  against: (never, none) => `比从不更改多 ${never}%，比不交易多 ${none}%`,
  nightsOf: (nights, from, to) =>
    `${count(nights)} 晚，自 ${from} 起，交易到 ${to}；每个交易对同时只持一仓，百分比已扣成本`,
  policies: {
    as_configured: "按决定执行",
    never_change: "从不更改",
    not_trading: "不交易",
    phase3_always: "总用第 3 阶段",
    phase2_always: "总用第 2 阶段",
    passed_only: "仅 PASSED",
  },
  policyColumns: ["策略", "更改", "笔数", "每笔", "合计", "95% 区间", "回撤", "比不更改多", "95% 区间"],
  policyNote: (days) =>
    `以单笔本金的百分比计，每笔本金相同；“比不更改多”指比从不更改多赚的部分。95% 区间：按平均 ${days} 天的块重抽样。`,
  range: (low, high) => `${low} 至 ${high}`,
  shuffled: (copies, changed) =>
    `在 ${count(copies)} 份按天打乱的历史上（今天不能预示明天），配置在其中 ${changed} 更改过：`,
  shuffledColumns: ["策略", "此处合计", "90% 的副本", "比不更改多", "90% 的副本"],
  noChanges: (decisions) => `${count(decisions)} 次决定中没有更改`,
  changeColumns: ["更改", "类型", "判定", "参数", "预期", "实际", "笔数", "截至", "预期 - 实际"],
  verdictColumns: ["判定", "决定数", "笔数", "新参数", "笔数", "原参数"],
  origins: { phase3: "第 3 阶段", phase2: "第 2 阶段", suggestion: "建议", challenger: "挑战者", current: "当前" },
};
