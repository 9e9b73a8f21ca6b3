"""Writes the entries of a freqtrade strategy as signals for Sluice. Run it in freqtrade's own Python environment:

    python signals.py --config user_data/config.json --strategy Dip --set rsi_max=50 --out signals.csv BTC/USDT ETH/USDT

Give every threshold that is to be searched its loosest value with --set: what the strategy rejects here cannot be found later.
"""

import argparse

import pandas as pd

MARKS = ["enter_long", "exit_long", "enter_short", "exit_short"]


def signals_of(strategy, pair, candles):
    """One row per entry: the open time of the candle at whose close it is known, the next exit signal after it, every numeric column."""
    df = strategy.analyze_ticker(candles, {"pair": pair})
    mark = {name: df[name].eq(1) if name in df else pd.Series(False, df.index) for name in MARKS}
    time = (df["date"] - pd.Timestamp(0, tz="UTC")) // pd.Timedelta(milliseconds=1)
    columns = df.drop(columns=MARKS, errors="ignore").select_dtypes(["number", "bool"]).astype(float)
    # Candles without volume may be filled ones; candles before the strategy's start-up count have unfinished indicators.
    known = df["volume"].gt(0) & (df.index >= df.index[0] + getattr(strategy, "startup_candle_count", 0))
    rows = []
    for side, other in (("long", "short"), ("short", "long")):
        # freqtrade enters on no candle that also has an exit signal, or an entry the other way.
        entry = known & mark[f"enter_{side}"] & ~mark[f"exit_{side}"] & ~mark[f"enter_{other}"]
        exit_time = time.where(mark[f"exit_{side}"]).bfill().shift(-1).astype("Int64")
        row = pd.DataFrame({"symbol": pair, "timestamp": time, "direction": side, "exit_time": exit_time})
        rows.append(pd.concat([row, columns], axis=1)[entry])
    return pd.concat(rows).replace([float("inf"), float("-inf")], float("nan"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", default="user_data/config.json")
    parser.add_argument("--strategy", required=True)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a threshold's loosest value")
    parser.add_argument("--out", default="signals.csv")
    parser.add_argument("pairs", nargs="+")
    args = parser.parse_args()

    from freqtrade.configuration import Configuration
    from freqtrade.data.dataprovider import DataProvider
    from freqtrade.data.history import load_pair_history
    from freqtrade.enums import CandleType
    from freqtrade.resolvers import StrategyResolver

    config = Configuration.from_files([args.config])
    config["strategy"] = args.strategy
    strategy = StrategyResolver.load_strategy(config)
    strategy.dp = DataProvider(config, None, None)
    strategy.ft_bot_start()
    for name, value in (each.split("=", 1) for each in args.set):
        getattr(strategy, name).value = float(value)
    kind = CandleType.FUTURES if config.get("trading_mode") == "futures" else CandleType.SPOT
    options = {"datadir": config["datadir"], "timeframe": strategy.timeframe, "candle_type": kind}
    candles = {pair: load_pair_history(pair=pair, **options) for pair in args.pairs}
    pd.concat(signals_of(strategy, pair, candles[pair]) for pair in args.pairs).to_csv(args.out, index=False)


if __name__ == "__main__":
    main()
