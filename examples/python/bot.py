"""A bot's nightly step: let Sluice optimise the bot's parameters, and act on how it ended.

    python3 bot.py CONFIG

Runs in the folder that has data/candles, signals.csv and space.json. Needs Python 3.9 and the command sluice, or what the variable SLUICE names.
Prints one line of JSON for each signal type. Its exit code is 0 if the bot may go on trading.
"""

import json
import os
import shlex
import subprocess
import sys

SLUICE = shlex.split(os.environ.get("SLUICE", "sluice"))
FLAGS = ["--candles", "data/candles", "--signals", "signals.csv", "--space", "space.json"]


class NoDecision(Exception):
    """The run ended without one: the bot keeps its parameters, and somebody is told."""


def optimise(config: str, *flags: str, timeout_seconds: float = 3600) -> dict:
    """One run. Only its exit code and stdout count; stderr is for people."""
    command = [*SLUICE, "optimize", *FLAGS, "--config", config, "--json", "--quiet", *flags]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=timeout_seconds)
    except subprocess.TimeoutExpired:
        # The process was killed. A config is saved by one rename, so it is the old one or the new one.
        raise NoDecision("took too long") from None
    if run.returncode == 0:
        return json.loads(run.stdout)
    why = {
        1: "a bug in Sluice",
        2: "the command line is wrong",
        3: "the data or the config is wrong",
        4: "not enough memory",
        130: "interrupted",
    }.get(run.returncode, f"exit code {run.returncode}")
    raise NoDecision(f"{why}\n{run.stderr.strip()}")


def steps(result: dict) -> dict:
    """What to do with each signal type: reload its parameters, pause it, or keep on."""
    run = result["runs"][0]
    saved = run["saved"] is not None
    what = {}
    for name, decision in run["decision"].items():
        if decision["applied"] is not None and saved:
            what[name] = "reload"
        elif decision["advice"] == "pause":
            what[name] = "pause"
        else:
            what[name] = "keep"
    return what


def main() -> int:
    [config, *flags] = sys.argv[1:]
    try:
        result = optimise(config, *flags)
    except NoDecision as problem:
        print(f"no decision, parameters as before: {problem}", file=sys.stderr)
        return 1
    for name, step in steps(result).items():
        decision = result["runs"][0]["decision"][name]
        verdict = result["runs"][0]["phase4"]["types"][name]["verdict"]
        reasons = [reason["code"] for reason in decision["reasons"]]
        print(json.dumps({"type": name, "step": step, "verdict": verdict, "reasons": reasons}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
