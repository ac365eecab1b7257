/** Metadata of a handler: the operation that does the same in the background. */
export const DEFERRED_OPERATION = Symbol('deferred operation');
