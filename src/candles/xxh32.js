const prime1 = 0x9e3779b1;
const prime2 = 0x85ebca77;
const prime3 = 0xc2b2ae3d;
const prime4 = 0x27d4eb2f;
const prime5 = 0x165667b1;
/** The 32-bit xxHash of some bytes with seed 0, unsigned (Collet, "xxHash fast digest algorithm", 2016). */
export function xxh32(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { length } = bytes;
    let at = 0;
    let sum = prime5 | 0;
    if (length >= 16) {
        let a = (prime1 + prime2) | 0;
        let b = prime2 | 0;
        let c = 0;
        let d = -prime1 | 0;
        for (; at + 16 <= length; at += 16) {
            a = round(a, view.getUint32(at, true));
            b = round(b, view.getUint32(at + 4, true));
            c = round(c, view.getUint32(at + 8, true));
            d = round(d, view.getUint32(at + 12, true));
        }
        sum = (rotated(a, 1) + rotated(b, 7) + rotated(c, 12) + rotated(d, 18)) | 0;
    }
    sum = (sum + length) | 0;
    for (; at + 4 <= length; at += 4)
        sum = Math.imul(rotated((sum + Math.imul(view.getUint32(at, true), prime3)) | 0, 17), prime4);
    for (; at < length; at++)
        sum = Math.imul(rotated((sum + Math.imul(bytes[at], prime5)) | 0, 11), prime1);
    sum = Math.imul(sum ^ (sum >>> 15), prime2);
    sum = Math.imul(sum ^ (sum >>> 13), prime3);
    return (sum ^ (sum >>> 16)) >>> 0;
}
function round(sum, lane) {
    return Math.imul(rotated((sum + Math.imul(lane, prime2)) | 0, 13), prime1);
}
function rotated(value, bits) {
    return (value << bits) | (value >>> (32 - bits));
}
