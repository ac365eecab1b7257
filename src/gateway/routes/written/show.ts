const MAX_SHOWN = 60;

/** What stands there, as far as it may be shown: text could be a URL with a password, or a token in the wrong place. */
export const show = (written: unknown): string => {
  if (written === undefined) return 'is missing';
  if (written === null) return 'is empty';
  if (Array.isArray(written)) return 'is a list';
  if (typeof written === 'object') return 'is a map';
  const text = JSON.stringify(written) ?? String(written);
  return text.length > MAX_SHOWN || /[@?]/.test(text) ? 'is text that is not shown here' : `is ${text}`;
};
