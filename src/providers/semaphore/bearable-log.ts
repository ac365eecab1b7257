/** Each line costs far more memory than its line break did. */
const MAX_LINES = 1_000_000;

/** Whether a log has few enough lines to be held: 16 MB of nothing but line breaks is a gigabyte of lines. */
export const isBearable = (events: readonly { readonly output: string | null }[]): boolean => {
  let left = MAX_LINES;
  for (const { output } of events) {
    if (output === null) continue;
    for (let at = output.indexOf('\n'); at !== -1; at = output.indexOf('\n', at + 1)) {
      if (left-- === 0) return false;
    }
  }
  return true;
};
