interface Limits {
  least: number;
  most: number;
}

/** @throws Error naming the flag, its value and the remedy; so do the others */
export const toCount = (flag: string, text: string, { least, most }: Limits): number => {
  const count = Number(text);
  if (Number.isInteger(count) && count >= least && count <= most) return count;
  throw new Error(`--${flag} is '${text}': give a whole number from ${least} to ${most}`);
};

/** How long a measurement may take. */
export const secondsLimits: Limits = { least: 1, most: 60 };

export const toName = (flag: string, text: string, known: readonly string[]): string => {
  if (known.includes(text)) return text;
  throw new Error(`--${flag} names '${text}': choose from ${[...new Set(known)].join(', ')}`);
};

/** Separated by commas; undefined when the flag was not given. */
export const toNames = (flag: string, text: string | undefined, known: readonly string[]): Set<string> | undefined =>
  text === undefined ? undefined : new Set(text.split(',').map((name) => toName(flag, name.trim(), known)));
