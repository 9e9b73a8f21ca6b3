/** Programs of a bot's files, and how each uses the package. */
export const hosts: readonly (readonly [name: string, args: readonly string[]])[];
/** Writes the bot into a folder. */
export function writeBot(folder: string): void;
