const MAX_LENGTH = 200;

/** Line breaks, terminal codes and the like would make a log say what it does not. */
const UNPRINTABLE = /[\p{C}\p{Z}]+/gu;

/** Words that may be a token, an id, a person or an address: too long for a word, or long with a digit in it, or marked so. */
const TELLING = /^(?=.*\d)\S{8,}$|^\S{33,}$|\/\/|[@=]/;

/**
 * What an upstream says of its refusal, fit for our log: one line of at most 200 characters, without the words that may
 * be somebody's secret. Undefined when nothing is left.
 */
export const toExplanation = (text: string | undefined): string | undefined => {
  const words = (text ?? '')
    .slice(0, 10 * MAX_LENGTH)
    .replace(UNPRINTABLE, ' ')
    .trim()
    .split(' ');
  const line = words.map((word) => (TELLING.test(word) ? '…' : word)).join(' ');
  return line === '' ? undefined : line.slice(0, MAX_LENGTH);
};
