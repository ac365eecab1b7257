/** Does `work` for each item, a few at a time. Goes on where one fails; fails with what the first of them failed with. */
export const inBatches = async <T>(
  items: readonly T[],
  size: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> => {
  const failures: unknown[] = [];
  for (let begin = 0; begin < items.length; begin += size) {
    const settled = await Promise.allSettled(items.slice(begin, begin + size).map(work));
    for (const one of settled) if (one.status === 'rejected') failures.push(one.reason);
  }
  if (failures.length > 0) throw failures[0];
};
