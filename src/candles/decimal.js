const powersOfTen = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
/** One more digit keeps whole numbers up to this below 2^53. */
const longestMantissa = 900_719_925_474_098;
const [tab, space, plus, minus, point, zero] = [9, 32, 43, 45, 46, 48];
/**
 * The decimal number in some bytes, with blanks around it allowed, exactly as `Number` reads it; NaN for anything else, for exponents,
 * and for more digits than a double holds. Whole numbers below 2^53 and powers of ten up to 10^22 are exact, so their quotient is
 * rounded once (Clinger 1990). `mark` is the byte of the decimal mark.
 */
export function decimalIn(bytes, from, to, mark = point) {
    let at = from;
    let end = to;
    while (at < end && (bytes[at] === space || bytes[at] === tab))
        at++;
    while (end > at && (bytes[end - 1] === space || bytes[end - 1] === tab))
        end--;
    const isNegative = bytes[at] === minus && at < end;
    if (isNegative || (bytes[at] === plus && at < end))
        at++;
    let mantissa = 0;
    let digits = 0;
    let pointAt = -1;
    for (; at < end; at++) {
        const digit = bytes[at] - zero;
        if (digit >= 0 && digit <= 9) {
            if (mantissa > longestMantissa)
                return Number.NaN;
            mantissa = 10 * mantissa + digit;
            digits++;
        }
        else if (bytes[at] === mark && pointAt < 0)
            pointAt = at;
        else
            return Number.NaN;
    }
    const decimals = pointAt < 0 ? 0 : end - pointAt - 1;
    if (digits === 0 || decimals >= powersOfTen.length)
        return Number.NaN;
    const value = mantissa / powersOfTen[decimals];
    return isNegative ? -value : value;
}
