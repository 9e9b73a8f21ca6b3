/** Ids of types in the Arrow format (Schema.fbs, as apache-arrow numbers them); negative ones are its own. */
const typeId = {
    nothing: 1,
    integer: 2,
    float: 3,
    binary: 4,
    utf8: 5,
    date: 8,
    timestamp: 10,
    list: 12,
    struct: 13,
    fixedBinary: 15,
    fixedList: 16,
    map: 17,
    duration: 18,
    largeBinary: 19,
    largeUtf8: 20,
    largeList: 21,
    dictionary: -1,
};
/** Buffers of a column's own, besides those of its children: a validity bitmap first, and then offsets and values. */
const ownBuffers = new Map([
    [typeId.nothing, 0],
    ...[2, 3, 6, 7, 8, 9, 10, 11, 15, 18, typeId.dictionary].map((id) => [id, 2]),
    ...[typeId.binary, typeId.utf8, typeId.largeBinary, typeId.largeUtf8].map((id) => [id, 3]),
    ...[typeId.list, typeId.largeList, typeId.map].map((id) => [id, 2]),
    ...[typeId.struct, typeId.fixedList].map((id) => [id, 1]),
]);
/** Where each column of a schema stands in its record batches. Throws Error for a type whose layout is unknown. */
export function columnPlaces(fields) {
    let buffer = 0;
    let node = 0;
    return fields.map((field) => {
        const place = { name: field.name, buffer, node, kind: kindOf(field.type), type: String(field.type) };
        const size = sizeOf(field.type);
        buffer += size.buffers;
        node += size.nodes;
        return place;
    });
}
function sizeOf(type) {
    const own = ownBuffers.get(type.typeId);
    if (own === undefined)
        throw new Error(`a column of type ${type}`);
    let [buffers, nodes] = [own, 1];
    const children = type.typeId === typeId.dictionary ? [] : (type.children ?? []);
    for (const child of children) {
        const size = sizeOf(child.type);
        buffers += size.buffers;
        nodes += size.nodes;
    }
    return { buffers, nodes };
}
/** Parts of a millisecond in units of time, from seconds to nanoseconds. */
const perMsOfUnit = [0.001, 1, 1e3, 1e6];
const integers = {
    signed: { 8: Int8Array, 16: Int16Array, 32: Int32Array, 64: BigInt64Array },
    unsigned: { 8: Uint8Array, 16: Uint16Array, 32: Uint32Array, 64: BigUint64Array },
};
function kindOf(type) {
    const { bitWidth, isSigned, precision, unit } = type;
    const plain = (Values, bytes, perMs = null) => ({
        Values,
        bytes,
        perMs,
    });
    switch (type.typeId) {
        case typeId.integer:
            return plain(integers[isSigned ? "signed" : "unsigned"][bitWidth], bitWidth / 8);
        case typeId.float:
            return precision === 2 ? plain(Float64Array, 8) : precision === 1 ? plain(Float32Array, 4) : null;
        case typeId.timestamp:
            return plain(BigInt64Array, 8, perMsOfUnit[unit]);
        case typeId.date:
            return unit === 0 ? plain(Int32Array, 4, 1 / 86_400_000) : plain(BigInt64Array, 8, 1);
        default:
            return null;
    }
}
