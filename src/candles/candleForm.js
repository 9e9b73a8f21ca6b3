import { quoted } from "../text.js";
import { numberIn } from "./cells.js";
import { beginningOf, isClock, isDay, isTime, markOf, plainForm, } from "./csvForm.js";
import { candleColumns } from "./header.js";
import { plainName, timeNames } from "./names.js";
/** Rows that are looked at to tell what a file without a header holds. */
const sampleRows = 20;
const prices = 4;
/** Names of columns with a day, and with a time of day, where a file has both. */
const dayNames = ["date", "day", "dtyyyymmdd", "tradedate", "tradingday"];
const clockNames = ["time", "timeofday", "timehhmmss"];
/** Names before these are of whole times: a file that has one needs no day and time of day. */
const wholeTimeNames = timeNames.slice(0, timeNames.indexOf("time"));
const histdata = {
    form: "histdata's",
    remedy: "set --time-zone; histdata.com documents Eastern Standard Time without daylight saving: --time-zone=-05:00",
};
const terminal = {
    form: "MetaTrader's and histdata's",
    remedy: "set --time-zone to the offset that the data were written in: histdata.com documents --time-zone=-05:00, MetaTrader writes its broker's server time",
};
const stooq = {
    form: "Stooq's, MetaTrader's and MetaStock's",
    remedy: "set --time-zone to the offset from UTC that the data were written in, such as --time-zone=+01:00",
};
/** How a candle file is written, from its first lines. A file in Sluice's own format, or one that is not understood, has the plain form. */
export function candleFormOf(lines) {
    const beginning = beginningOf(lines);
    const { rows, separator, skippedLines, said } = beginning;
    const mark = markOf(rows, separator);
    const form = {
        ...plainForm,
        separator,
        mark,
        skippedLines,
        said: mark === "," ? [...said, "decimal commas"] : said,
    };
    if (rows.length === 0)
        return form;
    return headerless(form, beginning) ?? tickerHeader(form, beginning) ?? dayAndClock(form, beginning) ?? form;
}
/** Rows from the first line on: a time, or a day and a time of day, then open, high, low, close and volume. */
function headerless(form, { rows }) {
    const [first] = rows;
    const isSplit = isDay(first[0]) && isClock(first[1] ?? "");
    const at = isSplit ? 2 : 1;
    if (!isTime(first[0]) || first.length < at + prices + 1)
        return null;
    const sample = rows.slice(0, sampleRows).map((row) => row.map((cell) => numberIn(cell, form.mark)));
    if (sample[0].slice(at, at + prices + 1).some(Number.isNaN))
        return null;
    const odd = sample.filter((row) => !isInOrder(row, at)).length;
    if (2 * odd > sample.length)
        return null;
    const isBinance = first.length === 12 && Number(first[6]) > Number(first[0]);
    if (!isBinance && isPriceAfterPrices(sample, at))
        return null;
    const header = first.map((_, place) => (place === 0 ? "timestamp" : (candleColumns[place - at + 1] ?? "")));
    if (isSplit)
        header[1] = "";
    const named = isBinance
        ? "no header: read as Binance's 12 columns"
        : `no header: columns read as ${isSplit ? "date, time" : "time"}, open, high, low, close, volume`;
    return {
        ...form,
        header,
        joined: isSplit ? { day: 0, clock: 1 } : null,
        said: [...form.said, named],
        zoneUnsaid: zoneOfHeaderless(rows, isSplit),
    };
}
function isInOrder(row, at) {
    const [open, high, low, close] = row.slice(at, at + prices);
    return !(high < Math.max(open, close) || low > Math.min(open, close));
}
/** Eight columns or more whose sixth is always within the candle: an average price, as Kraken's interface gives, and no volume. */
function isPriceAfterPrices(sample, at) {
    const isInside = (row) => row[at + prices] >= row[at + 2] && row[at + prices] <= row[at + 1];
    return sample.length > 2 && sample[0].length >= at + prices + 3 && sample.every(isInside);
}
function zoneOfHeaderless(rows, isSplit) {
    if (isSplit)
        return areMidnights(rows, 1) ? null : terminal;
    return /^\s*\d{8} \d{6}\s*$/.test(rows[0][0]) ? histdata : null;
}
/** yfinance's three lines: names, tickers, and the name of the index. */
function tickerHeader(form, { rows }) {
    const [names, tickers, index] = rows;
    if (!index || names[0].trim() !== "Price" || tickers[0].trim() !== "Ticker")
        return null;
    if (index.slice(1).some((cell) => cell.trim() !== ""))
        return null;
    const header = [index[0].trim() || "Date", ...names.slice(1)];
    return {
        ...form,
        skippedLines: form.skippedLines + 3,
        header,
        said: [...form.said, "three header lines read as one"],
    };
}
/** A header with a column of days and one of times of day. */
function dayAndClock(form, { rows }) {
    const [names, first] = rows;
    const plain = names.map(plainName);
    if (!first || plain.some((name) => wholeTimeNames.includes(name)))
        return null;
    const day = plain.findIndex((name) => dayNames.includes(name));
    const clock = plain.findIndex((name) => clockNames.includes(name));
    if (day < 0 || clock < 0 || !isDay(first[day] ?? "") || !isClock(first[clock] ?? ""))
        return null;
    const header = names.map((name, place) => (place === day ? "timestamp" : place === clock ? "" : name));
    const isTerminal = /^\s*<.*>\s*$/.test(names[day]);
    const both = [day, clock].map((place) => quoted(names[place].trim())).join(" and ");
    return {
        ...form,
        skippedLines: form.skippedLines + 1,
        header,
        joined: { day, clock },
        said: [...form.said, `read ${both} as timestamp`],
        zoneUnsaid: isTerminal && !areMidnights(rows.slice(1), clock) ? stooq : null,
    };
}
/** Whether candles all open at midnight: days, whose zone does not matter. */
function areMidnights(rows, clock) {
    return rows.every((row) => /^[0:]*$/.test((row[clock] ?? "").trim()));
}
