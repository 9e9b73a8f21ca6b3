/**
 * This package's version. Written out and held equal to package.json by a test: what is read at run time would be another package's version once
 * Sluice is bundled into it.
 */
export const version = "0.1.0";
