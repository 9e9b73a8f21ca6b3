import { count } from "../../figures.ts";
import type { Texts } from "../en.ts";

/** The same in Simplified Chinese. */
export const tools: Texts["tools"] = {
  written: "已写入",
  scanColumns: ["", "数量", "大行情", "平均 MFE", "MFE 中位数", "平均 MAE", "到 MFE 小时", "MFE/ATR"],
  opportunitiesIn: (file, found) => `${file}（${count(found)} 个机会）`,
  convertColumns: ["交易对", "周期", "首根（UTC）", "末根（UTC）", "K 线", "源文件", "字节", "已写入"],
  filesIn: (folder, files) => `${folder}（${count(files)} 个文件）`,

  plan: {
    by: (objective) => `按 ${objective}`,
    search: "搜索",
    layout: "布局",
    memory: "内存",
    forecast: "预计",
    allSets: "全部参数",
    sets: (sets, combinations, exits) =>
      `${count(sets)} 组参数：${count(combinations)} 种过滤组合 x ${count(exits)} 种离场，`,
    over: (found, leftOut, crossing, takingPart) =>
      `${count(found)} 个机会（略去 ${count(leftOut)} 个${crossing}），其中 ${count(takingPart)} 个通过最宽的过滤条件`,
    tiles: (tiles, exits, held) => `${count(tiles)} 块，每块 ${count(exits)} 种离场，同时保留 ${count(held)} 块；`,
    allInMemory: "全部机会在内存中",
    inChunks: (size) => `机会分批，每批 ${count(size)} 个`,
    passes: (passes, threads) => `，${count(passes)} 遍，${count(threads)} 个线程`,
    linear: (linear, allowed, board, sets) =>
      `线性内存 ${linear}（允许 ${allowed}），其中 ${count(sets)} 组的排行榜占 ${board}`,
    times: (engine, whole, rss) => `引擎约 ${engine}，整条命令 ${whole}，RSS 峰值 ${rss}`,
    ties: "并列",
    again: (sweeps, engine) => `末位并列的参数很多时会重新扫描全部参数：最多 ${count(sweeps)} 遍，约 ${engine}`,
    all: (rows, csv, parquet, more) =>
      `用 --all：${count(rows)} 行，CSV 约 ${csv} 或 parquet 约 ${parquet}，另需 ${more}`,
    and: (time, memory) => `${time} 和 ${memory}`,
    regionColumns: ["区域", "字节", "线程"],
    smaller: (regions) => `另有 ${count(regions)} 个较小的（--json 全部列出）`,
  },

  exported: { file: "已导出", set: "参数", backup: "备份", differs: "差异", check: "检查" },

  notified: (to, time) => `${to}：已送达，用时 ${time}`,
  notNotified: (to, why) => `${to}：未送达，${why}`,
};
