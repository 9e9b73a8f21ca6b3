/** A signal or an opportunity as a value: the columns of a signals file, by their names; what is missing or null is an empty cell. */
export type SignalRow = Readonly<Record<string, string | number | boolean | null | undefined>>;
