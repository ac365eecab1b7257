const NUMBER = /^\d{1,3}$/;

/**
 * A state, a result, …, in lower case: Semaphore writes it in upper case, in lower case, or as its number, by which it
 * is one of `words`. Null for what is absent, or a number that stands for nothing.
 */
export const toWord = (value: unknown, words: readonly string[] = []): string | null => {
  if (typeof value === 'number') return words[value] ?? null;
  if (typeof value !== 'string' || value === '') return null;
  return NUMBER.test(value) ? (words[Number(value)] ?? null) : value.toLowerCase();
};
