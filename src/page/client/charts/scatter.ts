import { canvas } from "./canvas.ts";
import { color } from "./colors.ts";
import { short } from "./frame.ts";

/** Points of a scatter plot. */
export interface Scatter {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly isGood: (k: number) => boolean;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly unit: string;
}

/** A scatter plot; good points and bad ones differ in colour and in shape. */
export function scatter({ x, y, isGood, xLabel, yLabel, unit }: Scatter, label: string): HTMLCanvasElement {
  const [xFrom, xTo, yFrom, yTo] = [Math.min(0, ...x), Math.max(0, ...x), Math.min(0, ...y), Math.max(0, ...y)];
  const height = 280;
  return canvas(label, height, (context, width) => {
    const [left, right, top, bottom] = [46, 10, 16, 34];
    const across = (value: number): number => left + ((value - xFrom) / (xTo - xFrom || 1)) * (width - left - right);
    const up = (value: number): number =>
      height - bottom - ((value - yFrom) / (yTo - yFrom || 1)) * (height - top - bottom);
    context.strokeStyle = color("grid");
    context.fillStyle = color("faint");
    for (const share of [0, 0.5, 1]) {
      const [xValue, yValue] = [xFrom + share * (xTo - xFrom), yFrom + share * (yTo - yFrom)];
      context.strokeRect(across(xValue), top, 0, height - top - bottom);
      context.strokeRect(left, up(yValue), width - left - right, 0);
      context.textAlign = share === 0 ? "left" : share === 1 ? "right" : "center";
      context.fillText(short(xValue, unit), across(xValue), height - bottom + 14);
      context.textAlign = "right";
      context.fillText(short(yValue, unit), left - 4, up(yValue) + 4);
    }
    context.textAlign = "right";
    context.fillText(xLabel, width - right, height - 4);
    context.textAlign = "left";
    context.fillText(yLabel, left, 10);
    context.lineWidth = 1.2;
    for (const [k, value] of x.entries()) mark(context, across(value), up(y[k]!), isGood(k));
  });
}

/** A ring for a good point, a cross for a bad one. */
function mark(context: CanvasRenderingContext2D, x: number, y: number, isGood: boolean): void {
  context.strokeStyle = color(isGood ? "good" : "bad");
  context.beginPath();
  if (isGood) context.arc(x, y, 2.6, 0, 2 * Math.PI);
  else {
    context.moveTo(x - 2.4, y - 2.4);
    context.lineTo(x + 2.4, y + 2.4);
    context.moveTo(x + 2.4, y - 2.4);
    context.lineTo(x - 2.4, y + 2.4);
  }
  context.stroke();
}
