import type { Texts } from "../en.ts";

/** The same in Simplified Chinese. */
export const news: Texts["news"] = {
  finished: (verb) => `${verb} 已完成`,
  ofVerb: (verb, text) => `${verb}：${text}`,
  failed: (verb, said) => `失败 ${verb}：${said}`,
  command: "命令",
  host: "主机",
  test: "测试：Sluice 的通知会送到这里",
  testFrom: (version, host, time) => `Sluice ${version}，主机 ${host}，${time} UTC`,
  columns: "若以下各列对齐，报告的列也会对齐：",
  nothingRun: "示例：没有运行任何东西",
  nothingChanged: "没有更改任何东西",
  nothing: "没有运行，也没有更改任何东西。",
};
