/** What fits a signed 32-bit integer is far enough for anybody, and survives arithmetic (RFC 9111 §1.2.2). */
const MAX_SECONDS = 2 ** 31;

/** A number of whole seconds, in ms; undefined for anything else. */
export const parseDeltaSeconds = (text: string): number | undefined =>
  /^\d+$/.test(text) ? Math.min(Number(text), MAX_SECONDS) * 1_000 : undefined;
