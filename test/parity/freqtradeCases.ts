/**
 * Facts and figures of freqtrade's published backtesting cases: candles, settings and expected trades. From the repository freqtrade/freqtrade,
 * tests/optimize/test_backtest_detail.py, commit 08fba78dde745066657447c2785ec8e4c6251b25. None of its text or code stands here.
 */
export interface FreqtradeCase {
  readonly name: string;
  /** Hourly candles: open, high, low, close. */
  readonly candles: readonly (readonly number[])[];
  /** Bars whose signal says so. */
  readonly enterLong: readonly number[];
  readonly exitLong: readonly number[];
  readonly enterShort: readonly number[];
  readonly exitShort: readonly number[];
  /** Percent. */
  readonly stopLoss: number;
  /** Percent by minutes; a table without a step where none is given. */
  readonly roi: Readonly<Record<string, number>>;
  /** `distance` is in percent of the best price and counts from a profit of `offset` percent on; null is the stop loss's own. `only`: nothing trails before. */
  readonly trailing: { readonly distance: number | null; readonly offset: number; readonly only: boolean } | null;
  readonly usesExitSignal: boolean;
  readonly leverage: number;
  /** Settings of orders and positions, and stops of the strategy's own, that Sluice has no word for. */
  readonly others: readonly string[];
  readonly trades: readonly FreqtradeTrade[];
  /** Of all trades together, percent, to a tenth. */
  readonly profit: string;
}

export interface FreqtradeTrade {
  readonly direction: 1 | -1;
  readonly reason: string;
  /** The bar at whose open it is entered, and the bar in which it is left. */
  readonly open: number;
  readonly close: number;
}

// case | candles | signals: L and S enter, XL and XS leave | settings | trades: side reason open-close | profit
const table = `
0 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5012 4986 4986, 5010 5010 4980 5010, 5010 5011 4977 4995, 4995 4995 4950 4950 | L0 XL3 | stop=1 roi=0:100 exits | L exit_signal 1-4 | 0.2
1 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5012 4600 4600, 4975 5000 4975 4977, 4977 4995 4977 4995, 4995 4995 4950 4950 | L0 | stop=1 roi=0:100 | L stop_loss 1-2 | -1.0
2 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5012 4962 4975, 4975 5000 4800 4962, 4962 4987 4937 4950, 4950 4975 4925 4950 | L0 | stop=3 roi=0:100 | L stop_loss 1-3 | -3.0
3 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5012 4800 4975, 4975 5000 4950 4962, 4975 5000 4950 4962, 4962 4987 4000 4000, 4950 4975 4950 4950 | L0 L3 | stop=2 roi=0:100 | L stop_loss 1-2, L stop_loss 4-5 | -4.0
4 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5750 4850 5750, 4975 5000 4950 4962, 4962 4987 4937 4950, 4950 4975 4925 4950 | L0 | stop=2 roi=0:6 | L stop_loss 1-2 | -2.0
5 | 5000 5025 4980 4987, 5000 5025 4980 4987, 4987 5025 4975 4987, 4975 6000 4975 6000, 4962 4987 4962 4972, 4950 4975 4925 4950 | L0 | stop=1 roi=0:3 | L roi 1-3 | 3.0
6 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5300 4850 5050, 4975 5000 4950 4962, 4962 4987 4950 4950, 4950 4975 4925 4950 | L0 | stop=2 roi=0:5 | L stop_loss 1-2 | -2.0
7 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5300 4950 5050, 4975 5000 4950 4962, 4962 4987 4950 4950, 4950 4975 4925 4950 | L0 | stop=2 roi=0:3 | L roi 1-2 | 3.0
8 | 5000 5050 4950 5000, 5000 5050 4950 5000, 5000 5250 4750 4850, 4850 5050 4650 4750, 4750 4950 4350 4750 | L0 | stop=10 roi=0:10 trail | L trailing_stop 1-3 | -5.5
9 | 5000 5050 4950 5000, 5000 5050 4950 5000, 5000 5050 4950 5000, 5000 5200 4550 4850, 4750 4950 4350 4750 | L0 | stop=10 roi=0:10 trail | L trailing_stop 1-3 | -6.4
10 | 5000 5050 4950 5000, 5000 5100 4950 5100, 5100 5251 5100 5100, 4850 5050 4650 4750, 4750 4950 4350 4750 | L0 | stop=10 roi=0:10 trail=3 offset=10 only | L stop_loss 1-4 | -10.0
11 | 5000 5050 4950 5000, 5000 5100 4950 5100, 5100 5251 5100 5100, 5000 5150 4650 4750, 4750 4950 4350 4750 | L0 | stop=10 roi=0:10 trail=3 offset=5 only | L trailing_stop 1-3 | 1.9
12 | 5000 5050 4950 5000, 5000 5100 4950 5100, 5100 5251 4650 5100, 4850 5050 4650 4750, 4750 4950 4350 4750 | L0 | stop=10 roi=0:10 trail=3 offset=5 only | L trailing_stop 1-2 | 1.9
13 | 5000 5050 4950 5000, 5000 5100 4950 5100, 5100 5251 4850 5100, 4850 5050 4750 4750, 4750 4950 4750 4750 | L0 | stop=10 roi=0:1 | L roi 1-1 | 1.0
14 | 5000 5050 4950 5000, 5000 5100 4600 5100, 5100 5251 4850 5100, 4850 5050 4750 4750, 4750 4950 4350 4750 | L0 | stop=5 roi=0:10 | L stop_loss 1-1 | -5.0
15 | 5000 5050 4950 5000, 5000 5100 4900 5100, 5100 5251 4650 5100, 4850 5050 4750 4750, 4750 4950 4350 4750 | L0 L1 | stop=5 roi=0:1 | L roi 1-1, L stop_loss 2-2 | -4.0
16 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5300 4950 5050, 4975 5000 4940 4962, 4962 4987 4950 4950, 4950 4975 4925 4950 | L0 | stop=10 roi=0:10,65:-1 | L roi 1-3 | -1.2
17 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5300 4950 5050, 4980 5000 4940 4962, 4962 4987 4950 4950, 4950 4975 4925 4950 | L0 | stop=10 roi=0:10,120:-1 | L roi 1-3 | -0.4
18 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5300 4950 5200, 5200 5220 4940 4962, 4962 4987 4950 4950, 4950 4975 4925 4950 | L0 | stop=10 roi=0:10,120:1 | L roi 1-3 | 4.0
19 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5300 4950 5200, 5000 5300 4940 4962, 4962 4987 4950 4950, 4550 4975 4550 4950 | L0 | stop=10 roi=0:10,120:1 | L roi 1-3 | 1.0
20 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5300 4950 5200, 5200 5300 4940 4962, 4962 4987 4950 4950, 4925 4975 4925 4950 | L0 | stop=10 roi=0:10,119:1 | L roi 1-3 | 1.0
21 | 5000 5050 4950 5000, 5000 5100 4950 5100, 5100 5251 4650 5100, 4850 5050 4650 4750, 4750 4950 4350 4750 | L0 | stop=10 roi=0:4 trail=3 offset=5 only | L roi 1-2 | 4.0
22 | 5000 5050 4950 5000, 5000 5100 4950 5100, 5100 5251 5100 5100, 4850 5050 4650 4750, 4750 4950 4350 4750 | L0 | stop=10 roi=0:4 trail=3 offset=5 only | L roi 1-2 | 4.0
23 | 5000 5050 4950 5000, 5000 5050 4900 4900, 4900 4900 4749 4900, 4850 5050 4650 4750, 4750 4950 4350 4750 | S0 | stop=10 roi=0:4 trail=3 offset=5 only | S roi 1-2 | 4.0
24 | 5000 5050 4950 5000, 5000 5100 4950 5100, 5100 5251 5100 5100, 4850 5251 4650 4750, 4750 4950 4350 4750 | L0 | stop=10 roi=0:10,119:3 trail=3 offset=5 only | L roi 1-3 | 3.0
25 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5012 4986 4986, 5010 5010 4855 5010, 5010 5010 4977 4995, 4995 4995 4950 4950 | L0 XL3 | stop=1 roi=0:100 exits | L stop_loss 1-3 | -1.0
26 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5012 4986 4986, 5010 5010 4986 5010, 5010 5010 4855 4995, 4995 4995 4950 4950 | L0 XL3 | stop=1 roi=0:100 exits | L exit_signal 1-4 | 0.2
27 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5012 4986 4986, 5010 5010 4986 5010, 5010 5010 4855 4995, 4995 4995 4950 4950 | L0 XL3 | stop=5 roi=0:100 exits leverage=5 | L exit_signal 1-4 | 1.0
28 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5012 4986 4986, 5010 5010 4986 5010, 4990 5010 4855 4995, 4995 4995 4950 4950 | S0 XS3 | stop=5 roi=0:100 exits leverage=5 | S exit_signal 1-4 | 1.0
29 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5012 4986 4986, 5010 5251 4986 5010, 5010 5010 4855 4995, 4995 4995 4950 4950 | L0 XL3 | stop=10 roi=0:5 exits | L roi 1-3 | 5.0
30 | 5000 5025 4975 4987, 5000 5025 4975 4987, 4987 5012 4986 4986, 5010 5012 4986 5010, 5010 5251 4855 4995, 4995 4995 4950 4950 | L0 XL3 | stop=10 roi=0:5 exits | L exit_signal 1-4 | 0.2
31 | 5000 5050 4950 5000, 5000 5100 4950 5100, 5100 5251 5100 5100, 4850 5050 4650 4750, 4750 4950 4350 4750 | L0 | stop=10 roi=0:10 trail=3 offset=5 only | L trailing_stop 1-3 | -3.0
32 | 5000 5050 4950 5000, 5000 5050 4890 4890, 4890 4890 4749 4890, 5150 5350 4950 4950, 4750 4950 4350 4750 | S0 | stop=10 roi=0:10 trail=3 offset=5 only | S trailing_stop 1-3 | -3.0
33 | 5000 5050 4950 5000, 5000 5050 5000 5000, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | L0 | stop=10 roi=0:10 trail=3 offset=0 | L trailing_stop 1-2 | -2.0
34 | 5000 5050 4950 5000, 5000 5500 4900 4900, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | L0 | stop=10 roi=0:10 trail=1 offset=0 | L trailing_stop 1-1 | -1.0
35 | 5000 5050 4950 5000, 5000 5500 4900 4900, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | L0 | stop=10 roi=0:10 trail=1 offset=2 only | L trailing_stop 1-1 | 1.0
36 | 5000 5050 4950 5000, 5000 5500 4951 5000, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | L0 | stop=1 roi=0:10 trail=1 offset=2 only custom-stop | L trailing_stop 1-1 | -1.0
37 | 5000 5050 4950 5000, 5000 5500 4951 5000, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | L0 | stop=1 roi=0:10 trail=1 offset=2 only custom-stop | L trailing_stop 1-1 | -1.0
38 | 5000 5050 4950 5000, 5000 5049 4500 5000, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | S0 | stop=1 roi=0:10 trail=1 offset=2 only custom-stop | S trailing_stop 1-1 | -1.0
39 | 5000 5050 4950 5000, 5000 5500 4951 5000, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | L0 | stop=1 roi=0:10 entry-at=4200 | | 0.0
40 | 5000 5050 4950 5000, 5000 5500 4951 5000, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | L0 | stop=1 roi=0:10 entry-at=7200 | L stop_loss 1-1 | -1.0
41 | 5000 5050 4950 5000, 5000 5500 4951 5000, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | S0 | stop=1 roi=0:10 entry-at=4000 | S stop_loss 1-1 | -1.0
42 | 5000 5050 4950 5000, 5000 5500 4951 4999, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | L0 | stop=10 roi=0:1 entry-at=4952 | L roi 1-2 | 1.0
43 | 5000 5050 4950 5000, 5400 5500 4951 5100, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | L0 | stop=10 roi=0:1 entry-at=4952 | L roi 1-1 | 1.0
44 | 5000 5050 4950 5000, 5000 5500 4951 5000, 4900 5250 4900 5100, 5100 5100 4950 4950, 5000 5100 4950 4950 | L0 XL2 | stop=10 roi=0:10 exits exit-at=4552 | L exit_signal 1-3 | -1.0
45 | 5000 5050 4950 5000, 5000 5500 4951 5000, 4950 5250 4900 5100, 5100 5100 4950 4950, 5000 5100 4950 4950 | L0 XL2 | stop=10 roi=0:10 exits exit-at=6052 | L end_of_data 1-4 | 0.0
46 | 5000 5050 4950 5000, 5000 5000 4951 5000, 4910 5150 4910 5100, 5100 5100 4950 4950, 5000 5100 4950 4950 | S0 XS2 | stop=10 roi=0:10 exits exit-at=4700 | S end_of_data 1-4 | 0.0
47 | 5000 5050 4950 5000, 5000 5500 4951 5000, 4900 5250 4900 5100, 5100 5100 4950 4950, 5000 5100 4950 4950 | L0 S0 | stop=10 roi=0:10 exits | | 0.0
48 | 5000 5050 4950 5000, 5000 5500 4951 5000, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | L0 XL3 | stop=20 roi=0:10 exits timeout=1000 entry-at=4200 entry-moved=5200 | L exit_signal 1-4 | -8.7
49 | 5000 5050 4950 5000, 5000 5200 4951 5000, 4900 5250 4900 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | S0 XS3 | stop=20 roi=0:10 exits timeout=1000 entry-at=5300 entry-moved=5000 | S exit_signal 1-4 | 5.0
50 | 5000 5050 4950 5000, 5000 5500 4951 5000, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | L0 | stop=1 roi=0:10 exits timeout=1000 entry-at=4200 | | 0.0
51 | 5000 5050 4950 5000, 5000 5500 4951 5000, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | L0 | stop=1 roi=0:10 exits timeout=60 entry-at=4200 entry-moved=4100 | | 0.0
52 | 5000 5050 4950 5000, 5000 5500 4951 5000, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | L0 | stop=3 roi= exits timeout=1000 entry-at=4200 entry-moved=5200 | L stop_loss 1-2 | -3.0
53 | 5000 5050 4950 5000, 5000 5200 4951 5000, 4900 5250 4900 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | S0 XS3 | stop=3 roi=0:10 exits timeout=1000 entry-at=5300 entry-moved=5000 | S stop_loss 1-2 | -3.0
54 | 5000 5050 4950 5000, 5000 5000 4951 5000, 4910 5150 4910 5100, 5100 5100 4950 4950, 5000 5100 4950 4950, 5000 5100 4950 4950 | L0 S2 XL3 S3 XS4 | stop=10 roi=0:10 exits | L exit_signal 1-4, S exit_signal 4-5 | 0.0
55 | 5000 5050 4950 5000, 5000 5000 4951 5000, 4910 5150 4910 5100, 5100 5100 4950 4950, 5000 5100 4950 4950, 5000 5100 4950 4950 | S0 L1 L2 XS2 XL4 | stop=10 roi=0:10 exits | S exit_signal 1-3, L exit_signal 3-5 | -4.0
56 | 5000 5050 4950 5000, 5000 5000 4951 5000, 4910 5150 4910 5100, 5100 5100 4888 4950, 5000 5100 4950 4950, 5000 5100 4950 4950 | L0 S2 XS4 | stop=2 roi=0:10 exits | L stop_loss 1-3, S exit_signal 3-5 | 0.0
57 | 5000 5050 4950 5000, 4598 5200 4498 5000, 4900 5250 4900 5100, 5100 5100 4650 4750, 4750 4950 4650 4750, 4750 4950 4650 4750, 4750 4950 4650 4750 | L0 XL5 | stop=20 roi=0:50 exits timeout=1000 entry-at=4600 position-moved | L exit_signal 1-6 | 3.3
58 | 5000 5050 4950 5000, 5000 5200 4951 5000, 4900 5250 4900 5100, 5100 5100 4650 4750, 4750 5100 4350 4750 | S0 XS2 | stop=10 roi=0:100 exits timeout=1000 exit-at=4300 exit-moved=5050 | S exit_signal 1-4 | -1.0
59 | 5000 5050 4950 5000, 5000 5500 4951 5000, 4900 5250 4500 5100, 5100 5100 4650 4750, 4750 4950 4350 4750 | L0 XL2 | stop=20 roi=0:10 exits timeout=1000 exit-at=5300 exit-moved=4900 | L exit_signal 1-4 | -2.0
`;

export const freqtradeCases: readonly FreqtradeCase[] = table.trim().split("\n").map(caseOf);

function caseOf(line: string): FreqtradeCase {
  const [name, candles, signals, settings, trades, profit] = line.split("|").map((field) => field.trim());
  const barsOf = (word: string): number[] =>
    signals!
      .split(" ")
      .flatMap((signal) => (new RegExp(`^${word}\\d+$`).test(signal) ? [Number(signal.slice(word.length))] : []));
  const given = new Map(settings!.split(" ").map((setting) => setting.split("=") as [string, string | undefined]));
  const modelled = ["stop", "roi", "trail", "offset", "only", "exits", "leverage"];
  return {
    name: `tc${name}`,
    candles: candles!.split(", ").map((candle) => candle.split(" ").map(Number)),
    enterLong: barsOf("L"),
    exitLong: barsOf("XL"),
    enterShort: barsOf("S"),
    exitShort: barsOf("XS"),
    stopLoss: Number(given.get("stop")),
    roi: Object.fromEntries(
      given
        .get("roi")!
        .split(",")
        .filter((step) => step !== "")
        .map((step) => step.split(":"))
        .map(([minutes, percent]) => [minutes!, Number(percent)]),
    ),
    trailing: given.has("trail")
      ? {
          distance: given.get("trail") === undefined ? null : Number(given.get("trail")),
          offset: Number(given.get("offset") ?? 0),
          only: given.has("only"),
        }
      : null,
    usesExitSignal: given.has("exits"),
    leverage: Number(given.get("leverage") ?? 1),
    others: [...given.keys()].filter((setting) => !modelled.includes(setting)),
    trades: trades!
      .split(", ")
      .filter((trade) => trade !== "")
      .map(tradeOf),
    profit: profit!,
  };
}

function tradeOf(trade: string): FreqtradeTrade {
  const [side, reason, bars] = trade.split(" ");
  const [open, close] = bars!.split("-").map(Number);
  return { direction: side === "L" ? 1 : -1, reason: reason!, open: open!, close: close! };
}
