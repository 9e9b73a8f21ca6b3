import type { partNotes as english } from "../en/partNotes.ts";

/** The same in Simplified Chinese. */
export const partNotes: Readonly<Record<keyof typeof english, string>> = {
  partNoFile: "没有文件",
  partTruncated: "文件不完整或已被改动：SHA-256 不符",
  partOfVersion: "由 Sluice {version} 生成，而不是 {wanted}",
  partOfJob: "属于任务 {job}",
  partOfNumber: "这是分片 {number} 的文件",
  partTies: "末位并列的参数多于搜索会重放的数目，名次无法确定",
  partFloor: "其下限 {floor} 高于已完成分片的末位",
  partWithoutFloor: "{command} ，不带 --floor",
  partSplitAgain: "请用并列更少的 --top 或空间重新拆分：没有任何交易能区分的候选值是多余的",
};
