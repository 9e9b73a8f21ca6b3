import { testLimits } from "../../../validation/finding.ts";
import { count, percent, share } from "../../figures.ts";
import type { Texts } from "../en.ts";
import { portfolio } from "./portfolio.ts";

const { pbo, deflated_sharpe, walk_forward, plateau, permutation, selection } = testLimits;

const whole = (fraction: number): string => `${Math.round(100 * fraction)}%`;
const perTrade = (points: number): string => `每笔 ${percent(points)}`;

/** The same in Simplified Chinese. */
export const tests: Texts["tests"] = {
  early_late: {
    name: "前后一致",
    found: ({ early_avg_return: early = 0, late_avg_return: late = 0 }) =>
      `前段${perTrade(early)}，后段${perTrade(late)}`,
    needs: "盈利且不衰减",
  },
  bootstrap: {
    name: "运气",
    found: ({ low = 0, by_equity = 0 }) =>
      by_equity > 0 ? portfolio.perDay(percent(low)) : `95% 区间的下限为${perTrade(low)}`,
    needs: "大于 0",
  },
  pbo: {
    name: "过拟合概率",
    found: ({ pbo: odds = 1 }) => `${whole(odds)} 的切分中，选出的参数随后不及多数`,
    needs: `不超过 ${whole(pbo.most)}`,
  },
  deflated_sharpe: {
    name: "尝试次数",
    found: ({ dsr = 0, trials = 0 }) => `约 ${count(trials)} 次独立尝试后，收缩夏普 ${dsr.toFixed(3)}`,
    needs: `不低于 ${deflated_sharpe.least}`,
  },
  walk_forward: {
    name: "滚动前推",
    found: ({ avg_return: average = 0, winning_windows: winning = 0 }) =>
      `${perTrade(average)}，${share(winning)} 的窗口盈利`,
    needs: `不低于 ${walk_forward.leastReturn}，且达到训练期的 ${whole(walk_forward.leastEfficiency)}`,
  },
  plateau: {
    name: "邻近参数",
    found: ({ plateau: kept = 0 }) => `相邻设置保留 ${whole(kept)} 的得分`,
    needs: `不低于 ${whole(plateau.leastShare)}`,
  },
  permutation: {
    name: "随机入场",
    found: ({ p = 1 }) => `同样的交易随机放置，${whole(p)} 不比它差`,
    needs: `不超过 ${whole(permutation.highestP)}`,
  },
  selection: {
    name: "打乱结果",
    found: ({ p = 1 }) => `在打乱的行情上搜索，${whole(p)} 能找到同样好的参数`,
    needs: `不超过 ${whole(selection.highestP)}`,
  },
};
