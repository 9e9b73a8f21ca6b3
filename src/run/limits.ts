/** More than any target machine has; each takes 10 MiB. */
export const mostThreads = 64;
/** What 32 bits can address. */
export const mostLinearMemoryBytes = 2 ** 32;
