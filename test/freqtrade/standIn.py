"""Runs examples/freqtrade/signals.py on a stand-in for a strategy: standIn.py SIGNALS_PY OUT_CSV REPLIES_JSON PAIR=CANDLES_JSON ..."""

import importlib.util
import json
import sys

import pandas as pd


class Dip:
    """Buys oversold candles, as a strategy with its thresholds at their loosest."""

    startup_candle_count = 20

    def analyze_ticker(self, dataframe, metadata):
        df = dataframe.copy()
        move = df["close"].diff()
        gain = move.clip(lower=0).ewm(alpha=1 / 14).mean()
        loss = (-move).clip(lower=0).ewm(alpha=1 / 14).mean()
        df["rsi"] = 100 - 100 / (1 + gain / loss)
        df["volume_ratio"] = df["volume"] / df["volume"].rolling(20).mean()
        df["is_green"] = df["close"] > df["open"]
        df["enter_tag"] = "dip"
        # freqtrade leaves a mark empty where there is none.
        df.loc[df["rsi"] < 50, "enter_long"] = 1
        df.loc[df["rsi"] > 65, "exit_long"] = 1
        df.loc[(df["rsi"] > 80), "enter_short"] = 1
        df.loc[(df["rsi"] < 55), "exit_short"] = 1
        return df


def reply_of(pair, df):
    """What the web server replies to pair_history."""
    df = df.copy()
    df["__date_ts"] = df["date"].astype("int64") // 1000 // 1000
    df["_enter_long_signal_close"] = df["close"].where(df["enter_long"] == 1)
    df["date"] = df["date"].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    values = df.astype(object).where(df.notna(), None).values.tolist()
    return {"strategy": "Dip", "pair": pair, "timeframe": "15m", "columns": list(df.columns), "data": values}


def main(script, out, replies, pairs):
    spec = importlib.util.spec_from_file_location("signals", script)
    signals = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(signals)
    rows, analysed = [], []
    for pair, path in (each.split("=", 1) for each in pairs):
        candles = pd.DataFrame(json.load(open(path)), columns=["date", "open", "high", "low", "close", "volume"])
        candles["date"] = pd.to_datetime(candles["date"], unit="ms", utc=True)
        rows.append(signals.signals_of(Dip(), pair, candles))
        analysed.append(reply_of(pair, Dip().analyze_ticker(candles, {"pair": pair}).iloc[Dip.startup_candle_count :]))
    pd.concat(rows).to_csv(out, index=False)
    json.dump(analysed, open(replies, "w"))


main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
