/** More than any machine has that this is meant for; each takes 10 MiB. */
export const mostThreads = 64;
/** What 32 bits can address. */
export const mostLinearMemoryBytes = 2 ** 32;
