import { count } from "../../figures.ts";
import type { Texts } from "../en.ts";
import { glossary } from "./glossary.ts";

const asks: Texts["page"]["trust"]["asks"] = {
  early_late: "样本内：后段赚得和前段一样多，还是逐渐失效？",
  bootstrap: "样本外按块重抽样 2,000 次：本来还可能赚多少？",
  pbo: "若只用样本内的一半日期来选，选出的参数在另一半排第几？落在中位左侧，说明所选只是噪声。",
  deflated_sharpe: "它的夏普比率，是否高于试这么多次单凭运气能得到的最好值？",
  walk_forward: "若沿时间一次次重新搜索，每次选出的参数随后赚了多少？",
  plateau: "邻近的设置是否差不多好？孤立的尖峰是运气。",
  permutation: "入场时机重要吗？同样的交易放到随机时刻，会不会一样赚？",
  selection: "结果打乱后本无规律可寻，整个搜索是否仍能找到同样好的参数？",
};

/** The same in Simplified Chinese. */
export const page: Texts["page"] = {
  title: "Sluice 报告",
  noScript: "本报告由自带的脚本绘制，而此浏览器未运行脚本。同样的数字见 report.txt 和 result.json。",
  none: "无",
  newest: (time) => `最新一根 K 线开盘于 ${time}`,
  searchedTo: (time) => `；搜索用到 ${time}，其后用于检验`,
  stop: "。",
  bracketed: (text) => `（${text}）`,
  identity: (version, symbols, days) => `Sluice ${version}，${count(symbols)} 个交易对，K 线 ${days}`,
  inSample: "以下为样本内数字：使用前请先用 sluice validate 检验。",
  sets: { now: "当前", proposed: "新参数", best: "最优", set: "参数", challenger: "挑战者" },
  validated: (verdict, applies) => `判定 ${verdict}；${applies ? "会替换当前参数" : "不会替换当前参数"}`,

  overview: {
    heading: "概览",
    oneSet: "每笔平均净收益，计入全部信号；曲线按每个交易对同时只持一仓",
    oneSetColumns: ["", "平均", "笔数", "合计（点）"],
    caption: "样本外每笔平均净收益，每个交易对同时只持一仓",
    columns: ["", "当前", "新参数", "决定"],
  },

  changes: { heading: "参数变化", bestSet: "最优参数", theSet: "参数" },

  trust: {
    heading: "是否可信？",
    decided: (test, found, needs) => `${test}：${found}（要求：${needs}）`,
    notRun: (why) => `未运行：${why}`,
    nothing: "没有可用的数据",
    incomputable: "交易太少，无法计算",
    asks,
    earlier: "前段",
    later: "后段",
    middleRank: "中位",
    median: "中位数",
    thisSet: "本参数",
    bestByLuck: "运气最好值",
    mean: "平均",
    needs: "要求",
  },

  surface: {
    heading: "得分地形（样本内）",
    tooMany: (sets) =>
      `最后一次搜索有 ${count(sets)} 组参数，太多，报告不逐一统计。库中 search({ surface: true }) 不限数量。`,
    counted: (sets, gaining) => `最后一次搜索中全部 ${count(sets)} 组入榜参数的样本内得分；其中 ${gaining} 盈利。`,
    countedUndrawn: (sets, gaining) =>
      `最后一次搜索中全部 ${count(sets)} 组入榜参数的样本内得分（不计回撤）；其中 ${gaining} 盈利。`,
    leftOut: (pairs) => `略去影响最小的 ${count(pairs)} 对参数：库的 result.surface 含全部。`,
  },

  sliders: {
    heading: "调整过滤条件（样本内）",
    exit: (exit) => `最后一次搜索的最优参数，样本内，每个信号一笔。离场不变：${exit}。`,
    defaultExit: "默认",
    fixed: (filters) => `固定：${filters}。`,
    again: "按这些数字挑选等于再搜索一次：选定后请用 sluice validate 检验。",
  },

  trades: {
    heading: "交易",
    currentSet: "当前参数",
    theSet: "参数",
    bestSet: "最优参数",
    proposedSet: "新参数",
    unseen: (whose) => `${whose}（样本外）`,
    exits: "按离场原因",
    exitColumns: ["原因", "笔数", "占比", "平均", "合计"],
  },

  funnel: {
    heading: "过滤：从信号到交易",
    signals: "信号",
    trades: "交易",
    onePosition: "每个交易对同时只持一仓",
    empty: "空",
  },

  leaderboard: {
    heading: "排行榜（样本内）",
    columns: ["名次", "得分", "笔数", "胜率", "平均", "合计（点）", "回撤（点）", "与最优的差别"],
  },

  nights: {
    heading: "历次运行",
    rehearsed: "逐晚回放",
    earlier: "以往的运行，最新在前",
    earlierColumns: ["运行（UTC）", "类型", "判定", "建议", "采用", "配置", "K 线截至"],
    advice: { apply: "采用", keep: "保留", pause: "暂停" },
    saved: "已保存",
    notSaved: "未保存",
    policies: {
      as_configured: "按决定执行",
      never_change: "从不更改",
      not_trading: "不交易",
      phase3_always: "总用第 3 阶段参数",
      phase2_always: "总用第 2 阶段参数",
      passed_only: "仅 PASSED 时",
    },
    policy: "各策略的净收益（点）；区间含按天重抽样的 95%",
    policyColumns: ["策略", "笔数", "平均", "合计", "回撤", "更改次数", "比从不更改多"],
    interval: (total, low, high) => `${total}（${low} 至 ${high}）`,
    shuffled: (copies) => `同样的策略，用在 ${count(copies)} 份按天打乱、无规律可学的历史上：合计点数`,
    shuffledColumns: ["策略", "第 5 百分位", "中位数", "第 95 百分位"],
    decided: "每晚的决定及其后结果：每笔平均",
    decidedColumns: ["日期", "类型", "判定", "采用", "预期", "实际", "新参数其后几天", "原参数其后几天"],
    points: "各策略的点数",
  },

  method: {
    heading: "数据与方法",
    thisRun: "本次运行",
    split: "切分",
    splitAt: (day) => `${day} 之前用于搜索，之后用于检验`,
    candles: "K 线",
    symbols: "交易对",
    span: "起止",
    spanOf: (from, to) => `${from} 至 ${to}`,
    holes: "缺口",
    holesOf: (holes, missing) => `${count(holes)} 处，缺 ${count(missing)} 根；不作填补`,
    breaks: "断点（计价单位变化）",
    breaksOf: (breaks) => `${count(breaks)} 处；没有交易跨越`,
    duplicates: "丢弃的重复行",
    repaired: "修正的舍入误差",
    dropped: "丢弃的无效行",
    unfinished: "略去的未收盘 K 线",
    closed: "休市",
    closedOf: (when, symbols) => `${when}（${count(symbols)} 个交易对）`,
    readAs: "读取方式",
    leftOut: "区间内无 K 线",
    funding: "资金费次数",
    breakCaption: "断点：价格的计价单位在此变化，如拆分之后",
    breakColumns: ["交易对", "其后第一根 K 线", "开盘价/前收盘价"],
    notSet: "未设置",
    options: "影响结果的选项（库中的名称）",
    optionColumns: ["选项", "值"],
    glossary,
  },

  facts: {
    objective: "目标函数",
    signals: "信号",
    costs: "成本",
    fingerprint: "指纹",
    tested: "已测试",
    bestScore: "最优得分",
    opportunities: "机会",
    engine: "引擎",
    ambiguous: "存疑交易",
    verdict: "判定",
    foundBy: "来源",
    nights: "晚数",
    signalsOf: (searched, unseen, purged, leftOut) =>
      `样本内 ${count(searched)} 个，样本外 ${count(unseen)} 个；略去：可能跨越分界的 ${count(purged)} 个，数据不足以走完的 ${count(leftOut)} 个`,
    costsOf: (fee, slippage, funding) => `单边手续费 ${fee}，单边滑点 ${slippage}，${funding}`,
    fundingOfData: "资金费按交易所费率",
    fundingRate: (rate) => `资金费每 8 小时 ${rate}`,
    testedOf: (sets, ranked) => `${count(sets)} 组参数，${count(ranked)} 组入榜`,
    searchedOf: (opportunities, objective, leftOut) =>
      `${count(opportunities)} 个，其中大行情 ${count(objective)} 个；略去 ${count(leftOut)} 个`,
    engineOf: (time, threads, memory) => `${time}，${count(threads)} 个线程，线性内存 ${memory}`,
    simulatedOf: (opportunities, leftOut) => `${count(opportunities)} 个；略去 ${count(leftOut)} 个`,
    ambiguousOf: (trades) => `${count(trades)} 笔结束于同时触及止损和止盈的 K 线`,
    verdictOf: (verdict, reason) => `${verdict}：${reason}`,
    validatedOf: (searched, unseen, leftOut) =>
      `样本内 ${count(searched)} 个，样本外 ${count(unseen)} 个，略去 ${count(leftOut)} 个`,
    nightsOf: (nights, every, window) => `${nights} 晚，间隔 ${every}，每次回看 ${window}`,
  },
};
