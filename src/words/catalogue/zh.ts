import { count, percent } from "../figures.ts";
import type { Day, Texts } from "./en.ts";
import { candleFiles } from "./zh/candleFiles.ts";
import { data } from "./zh/data.ts";
import { details } from "./zh/details.ts";
import { drawn } from "./zh/drawn.ts";
import { evidence } from "./zh/evidence.ts";
import { news } from "./zh/news.ts";
import { page } from "./zh/page.ts";
import { parts } from "./zh/parts.ts";
import { pastRuns } from "./zh/pastRuns.ts";
import { portfolio } from "./zh/portfolio.ts";
import { reasoning } from "./zh/reasoning.ts";
import { rehearse } from "./zh/rehearse.ts";
import { sentence, sentences } from "./zh/sentences.ts";
import { tests } from "./zh/tests.ts";
import { tools } from "./zh/tools.ts";

const age = (hours: number): string => (hours < 48 ? `${count(hours)} 小时` : `${count(Math.floor(hours / 24))} 天`);

const dayOfYear = ({ month, date }: Day): string => `${month + 1}月${date}日`;
const day = (on: Day): string => `${on.year}年${dayOfYear(on)}`;

/** The same in Simplified Chinese. */
export const zh: Texts = {
  language: "zh",
  locale: "zh-CN",
  list: "、",
  comma: "，",
  and: "；",

  labels: {
    data: "数据",
    candles: "K 线",
    report: "报告",
    undo: "撤销",
    best: "最优",
    allSets: "全部参数",
    exits: "离场",
    inSample: "样本内",
    engine: "引擎",
    set: "参数",
    made: "收益",
    trades: "交易",
    written: "已写入",
    moves: "大行情",
    ambiguous: "存疑",
    holes: "缺口",
    decision: "决定",
    failed: "失败",
    weak: "偏弱",
    passed: "通过",
  },

  dates: {
    day,
    dayOfYear,
    span: (from, to) => {
      if (from.year !== to.year) return `${day(from)}至${day(to)}`;
      const isOne = from.month === to.month && from.date === to.date;
      return isOne ? day(from) : `${day(from)}至${dayOfYear(to)}`;
    },
    ago: (hours) => `${age(hours)}前`,
    ahead: (hours) => `${age(hours)}后`,
  },

  outcome: {
    changed: (what) => `已更新：${what}`,
    changedDoubtfully: (what) => `已更新（有警告）：${what}`,
    nothing: (why) => `未更改：${why}`,
    dryRun: (what) => `试运行：本会更新 ${what}`,
    noConfigWould: (types) => `未指定配置：本会更新 ${types}`,
    noConfig: (why) => `未指定配置：${why}`,
    stale: (when) => `未保存：K 线止于${when}`,
    strict: (verdict) => `未保存：--strict，判定为 ${verdict}`,
    hindsight: "未保存：--universe objective 用到了未来数据",
    notSaved: (why) => `未保存：${why}`,
    pauseLosing: (types) => `是否暂停 ${types}？当前参数在亏损`,
    pauseHopeless: (types) => `是否暂停 ${types}？所有参数都亏损，包括当前的`,
    pause: (types) => `是否暂停 ${types}？`,
    notBetter: "没有明显优于当前的参数",
    notBetterThanNothing: "没有明显优于不交易的参数",
    notTrusted: "没有可信的更优参数",
    values: (type, values) => `${type}（${count(values)} 项）`,
    someValues: (values) => `${count(values)} 项`,
    asBefore: (types) => `${types} 保持不变`,
    coinsAsBefore: (coins) => `${count(coins)} 个币种保持不变`,
    groupsAsBefore: (groups) => `其余 ${count(groups)} 组保持不变：没有明显更优的参数`,
    more: (others) => `另 ${count(others)} 个`,
    configsChanged: (changed, all) => `已更新 ${count(all)} 个配置中的 ${count(changed)} 个`,
    configsPause: (configs) => `${count(configs)} 个配置中有信号类型建议暂停`,
    configsUnsaved: (why, configs, all) => `${why}：${count(all)} 个配置中本会更新 ${count(configs)} 个`,
    configsNothing: (all) => `未更改：${count(all)} 个配置`,
    dryRunName: "试运行",
    strictName: "未保存（--strict）",
    staleName: (when) => `未保存（K 线止于${when}）`,
    notSavedName: "未保存",
  },

  table: {
    now: "当前",
    proposed: "新参数",
    decision: "决定",
    nothingFound: "没有交易机会：未提出参数，也未作评判。",
    caption: (days) => `扣除费用后的每笔平均收益，每个交易对同时只持一仓，${days}`,
    unseen: (days) => `${days}（样本外）`,
    unseenDays: "样本外",
  },

  decision: {
    applied: (set, sure) => `已采用${set}：${sure} 的重抽样中更优`,
    wouldBeApplied: (set, sure) => `本会采用${set}：${sure} 的重抽样中更优`,
    set: (name) => `（${name}）`,
    paused: (why) => `${why}；是否暂停？`,
    nothing: "保留当前：没有可提出的参数",
    rejected: (why) => `已否决：${why}`,
    tooFew: (trades) => `保留当前：样本外仅 ${count(trades)} 笔`,
    notSure: (found, level) => `保留当前：${found} 更优，需 ${level}`,
    looksSpent: "保留当前：这段日期已被查看过太多次，无法再作决定",
    randomEntries: "保留当前：随机入场同样好",
    notAboveCurrent: (found, needed) => `保留当前：仅 ${found} 优于当前，需 ${needed}`,
    notAboveNothing: (found, needed) => `保留当前：仅 ${found} 优于不交易，需 ${needed}`,
    testsFailed: (failed, ran) => `${ran} 项检验中 ${failed} 项失败`,
    loses: "样本外亏损",
    verdict: (verdict) => `判定 ${verdict}`,
    sameAsNow: "新参数与当前相同",
  },

  tests,
  unseen: { name: "样本外", found: (points) => `每笔 ${percent(points)}`, needs: "盈利" },
  needs: (needs) => `（要求：${needs}）`,
  data,
  news,
  reasoning,
  details,
  evidence,
  rehearse,
  pastRuns,
  parts,
  portfolio,
  tools,
  candleFiles,
  page,
  drawn,
  sentences,
  exitName: (code) => drawn.exits[code] ?? code,
  sentence,

  brief: {
    identity: (version, candlesTo, where) => `Sluice ${version}，K 线截至 ${candlesTo} UTC，${where}`,
    configs: (configs) => `${count(configs)} 个配置`,
    noConfig: "无配置",
    symbols: (symbols) => `${count(symbols)} 个交易对`,
    searchedTo: (day) => `；搜索用到${day}，其后用于检验`,
    looks: (runs) => `；与之前 ${count(runs)} 次运行的日期相同`,
    stale: (why) => `${why}；K 线下载是否还在运行？`,
    moreNotes: (notes) => `（另有 ${count(notes)} 条：--verbose）`,
    moreValues: (values) => `另有 ${count(values)} 项`,
    nothingToUndo: "无可撤销",
  },

  phone: {
    row: (label, now, proposed, decision) => `${label}：当前 ${now}，新参数 ${proposed}；${decision}`,
    labelled: (label, text) => `${label}：${text}`,
    note: "注意",
    caption: "样本外每笔平均净收益",
  },

  search: {
    best: (sets, objective, average, trades) =>
      `${count(sets)} 组参数中按 ${objective} 最优：每笔净收益 ${percent(average)}，共 ${count(trades)} 笔`,
    noMoney: (sets, made) => `没有盈利的参数：${count(sets)} 组中最优的每笔${made}`,
    loses: (size) => `亏损 ${size}`,
    makesNothing: "不赚不赔",
    none: (sets) => `没有结果：${count(sets)} 组参数都不满足约束（交易太少，或超出其他限制）`,
    searched: (type, opportunities, moves, data) =>
      `${type}：${count(opportunities)} 个机会（其中大行情 ${count(moves)} 个），${data}`,
    next: (command) => `这些日期选出了参数，因此不能证明它：${command}`,
    nextSaving: "先加 --save-best FILE，再运行 sluice validate --params FILE",
    allSets: (file, rows, size) => `${file}（${count(rows)} 行，${size}）`,
    speed: (time, threads, memory) => `${time}，${count(threads)} 个线程，内存 ${memory}`,
    board: ["名次", "得分", "笔数", "胜率", "平均", "合计", "回撤", "捕获率"],
    differs: "与最优的差别",
    moreSets: (sets) => `另有 ${count(sets)} 组（--json 全部列出）`,
  },

  simulate: {
    gains: (average, trades) => `盈利：每笔净收益 ${average}，共 ${count(trades)} 笔`,
    loses: (average, trades) => `亏损：每笔净收益 ${average}，共 ${count(trades)} 笔`,
    nothing: (average, trades) => `不赚不赔：每笔净收益 ${average}，共 ${count(trades)} 笔`,
    noTrades: (opportunities) => `没有交易：过滤条件拒绝了全部 ${count(opportunities)} 个机会`,
    simulated: (type, opportunities, leftOut, data) =>
      `${type}：${count(opportunities)} 个机会${leftOut > 0 ? `（略去 ${count(leftOut)} 个）` : ""}，${data}`,
    made: (total, drawdown) => `合计 ${total}，最大回撤 ${drawdown}（以单笔本金的百分比计，每笔本金相同）`,
    trades: (wins, win, loss, factor, hours) =>
      `胜率 ${wins}；平均盈利 ${win}，平均亏损 ${loss}；盈亏比（总盈利/总亏损）${factor}；平均持仓 ${hours} 小时`,
    moves: (captured, precision) => `捕获 ${captured} 的大行情，${precision} 的交易属于大行情`,
    ambiguous: (ambiguous, trades, other) =>
      `${count(trades)} 笔中 ${count(ambiguous)} 笔结束于同时触及止损和止盈的 K 线（按另一种规则每笔 ${other}）`,
    holes: (trades) => `${count(trades)} 笔在 K 线缺口中到期，以下一开盘价离场`,
  },

  validate: {
    skipped: (type, reason) => `未评判：${type}：${reason}`,
    fails: (type, failed, ran, unseen) => `不可信：${type} 的 ${ran} 项检验中 ${failed} 项失败${unseen}`,
    loses: (type, average) => `不可信：${type} 样本外每笔净收益 ${average}`,
    notBelievable: (type, verdict, reason) => `不可信：${type}：${verdict}，${reason}`,
    passes: (type, ran, unseen) => `可信：${type} 通过 ${ran} 项检验${unseen}`,
    weak: (type, weak, ran, unseen) => `可信，但有警告：${type} 的 ${ran} 项检验中 ${weak} 项偏弱${unseen}`,
    unseen: (average) => `，样本外每笔净收益 ${average}`,
    validated: (type, opportunities, data) => `${type}：${count(opportunities)} 个机会，${data}`,
    thisSet: "待检参数",
    currentSet: "当前参数",
    searchedDays: "样本内",
    unseenDays: "样本外",
    noTrades: "无交易",
    caption: "每笔平均净收益（笔数），每个交易对同时只持一仓",
    split: (searched, unseen) => `；搜索用到${searched}，样本外 ${unseen}`,
    purged: (opportunities) => `已排除 ${count(opportunities)} 个可能跨越分界的机会`,
  },
};
