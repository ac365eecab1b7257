/** These change nothing (RFC 9110 §9.2.1). */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request with that method asks for no change. */
export const isSafeMethod = (method: string): boolean => SAFE_METHODS.has(method);
