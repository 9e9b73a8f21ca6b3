/**
 * This package's version. Hard-coded and compared with package.json by a test: reading it at run time would give another package's version once
 * Sluice is bundled into it.
 */
export const version = "0.1.0";
