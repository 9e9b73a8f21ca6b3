import { CoreFault, SluiceError } from "../errors.ts";

/** An error as it may leave the library: of Sluice's own classes, whatever it was. */
function asSluiceError(error: unknown): SluiceError {
  if (error instanceof SluiceError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const fault = new CoreFault(
    "INTERNAL",
    message,
    { remedy: "this is a fault of Sluice, not of your data: please report it" },
    { cause: error },
  );
  if (error instanceof Error && error.stack !== undefined) fault.stack = error.stack;
  return fault;
}

/** Does work, and lets no other errors out than Sluice's own. */
export async function sluiceErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asSluiceError(error);
  }
}
