/** Every error that Sluice throws on purpose. `code` is stable: programs may depend on it. */
export class SluiceError extends Error {
    code;
    details;
    constructor(code, message, details = {}, options) {
        super(message, options);
        this.code = code;
        this.details = details;
        this.name = new.target.name;
    }
}
/** The user's data, config, space or parameters break a rule. */
export class InputError extends SluiceError {
}
/** The work does not fit the memory that was allowed; `neededBytes` is the minimum that would be enough. */
export class CapacityError extends SluiceError {
    neededBytes;
    constructor(code, message, neededBytes, details = {}, options) {
        super(code, message, details, options);
        this.neededBytes = neededBytes;
    }
}
/** A trap in the core, or a result that two implementations disagree on: always a bug in Sluice. */
export class CoreFault extends SluiceError {
}
