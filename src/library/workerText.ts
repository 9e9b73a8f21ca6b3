/** The code of a call's thread, packed by brotli, in Base64. Empty here: the build of the package fills it in (packaging/bundle.mjs). */
export const workerText: string = "";
