import { count, percent } from "../../figures.ts";
import type { Texts } from "../en.ts";

/** The same in Simplified Chinese. */
export const reasoning: Texts["reasoning"] = {
  space: "",
  sets: {
    phase3: "第 3 阶段参数",
    phase2: "第 2 阶段参数",
    suggestion: "建议参数",
    challenger: "挑战者",
    current: "当前参数",
  },
  suggestionNumber: (number) => `建议参数 ${number}`,
  resamples: {
    all: (resamples) => `100%（${count(resamples)} 次）`,
    none: (resamples) => `0%（${count(resamples)} 次）`,
    nearlyAll: "99.9% 以上",
    hardlyAny: "不到 0.1%",
    some: (share) => share,
  },

  advice: { apply: "采用", keep: "保留", pause: "暂停" },
  advised: (type) => `${type}：`,
  adviceAnd: (advice, why) => `${advice}。${why}`,
  outcomeAnd: (outcome, why) => `${outcome}：${why}`,
  wouldBeApplied: "本会采用",
  applied: "已采用",
  kept: "保留当前",
  keptPause: "保留当前，建议暂停",
  passedOver: (sets) => `未选：${sets}。`,
  better: (set, opponents, found) => `${set}优于${opponents}的重抽样占 ${found}。`,
  notTrading: "不交易",
  currentSet: "当前参数",
  both: "当前参数和不交易",
  noneProposed: "没有可提出的参数。",
  noneBetter: (sets) => `没有其他参数明显更优：${sets}。`,
  loses: (found, average, trades) =>
    `当前参数亏损的重抽样占 ${found}，样本外 ${count(trades)} 笔、每笔 ${percent(average)}：` +
    "建议暂停该类型，直到找到更优的参数。Sluice 不会停止机器人。",
  betterToo: (set) => `${set}也明显更优，下次再考虑`,
  judged: (set, verdict) => `${set}的判定为 ${verdict}`,
  has: (set, few) => `${set}交易太少：${few}`,
  earlierLooks: (looks) => `此前已查看同样的日期 ${count(looks)} 次`,
  oneOf: (decisions) => `同时有 ${count(decisions)} 项决定`,
  notSure: (set, found, needed) => `${set}更优的重抽样占 ${found}，需 ${needed}`,
  notSureBecause: (set, found, needed, why) => `${set}更优的重抽样占 ${found}，需 ${needed}（${why}）`,
  looksSpent: (set, found, looks) =>
    `${set}更优的重抽样占 ${found}，但此前 ${count(looks)} 次查看同样的日期已用尽存疑额度：只有新的日期能决定`,
  likeRandom: (set, p) => `${set}不优于随机时刻入场的同样交易（置换检验 p ${p}）`,
  notAbove: (set, opponent, found, needed) => `${set}优于${opponent}的重抽样占 ${found}，需 ${needed}`,
  few: (trades, days) => `样本外 ${count(days)} 天 ${count(trades)} 笔，需 15 天 30 笔`,
  fewMore: (trades, days, more) =>
    `样本外 ${count(days)} 天 ${count(trades)} 笔，需 15 天 30 笔（再约 ${count(more)} 天即够）`,

  gate: {
    open: "通过",
    closed: "不通过",
    figures: (own, perDay, days) => `每笔 ${own}，${count(days)} 天内每天 ${perDay}`,
    figuresAgainst: (own, current, perDay, days) => `每笔 ${own}（当前 ${current}），${count(days)} 天内每天 ${perDay}`,
    better: (found, figures) => `逐日比较明显更优，占重抽样的 ${found}：${figures}`,
    nothing: "未提出参数",
    verdict: (figures) => `被判定否决；样本外：${figures}`,
    few: (few, figures) => `${few}；目前${figures}`,
    likeRandom: (p, figures) => `随机时刻入场的同样交易同样好（置换检验 p ${p}）：${figures}`,
    onlyIn: (opponent, found, figures) => `优于${opponent}的重抽样仅占 ${found}：${figures}`,
    saw: "当前参数在切分之后更新过，因此比较偏向它",
  },

  challenger: {
    won: (since, days, current, nothing, needed) =>
      `自 ${since} 起的挑战者在搜索未见过的 ${count(days)} 天里优于当前参数，也优于不交易：证据 ${current} 和 ${nothing}，需 ${needed}。`,
    dropped: (since, days) => `自 ${since} 起的挑战者在 ${count(days)} 天后放弃：看不出更优。`,
    expired: (since, days) => `自 ${since} 起的挑战者在 ${count(days)} 天后放弃：证据不足。`,
    withdrawn: (since, days) =>
      `自 ${since} 起的挑战者在 ${count(days)} 天后撤回：其对手的参数已变，或机会缺少它所过滤的特征。`,
    is: (set, since, needed) => `${set}自 ${since} 起为挑战者；需证据 ${needed}。`,
    wouldBe: (set, since, needed) => `${set}自 ${since} 起会成为挑战者；需证据 ${needed}。`,
    standing: (since, days, evidence, needed) =>
      `自 ${since} 起的挑战者：${count(days)} 天，证据 ${evidence}，需 ${needed}。`,
  },
};
