import { CoreFault, SluiceError } from "../errors.ts";

/** An error as one of Sluice's own classes, whatever it was. */
function asSluiceError(error: unknown): SluiceError {
  if (error instanceof SluiceError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const fault = new CoreFault(
    "INTERNAL",
    message,
    { remedy: "this is a bug in Sluice, not in your data; please report it" },
    { cause: error },
  );
  if (error instanceof Error && error.stack !== undefined) fault.stack = error.stack;
  return fault;
}

/** Does work, and throws only Sluice's own errors. */
export async function sluiceErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asSluiceError(error);
  }
}

/** The same for work that is done at once. */
export function sluiceErrorsNow<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asSluiceError(error);
  }
}
