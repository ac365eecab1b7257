/** Letters that may be wrong, left out or too many. */
const MAX_CHANGES = 2;

/** The name that was probably meant by another; undefined when none is near. */
export const closestName = (written: string, names: readonly string[]): string | undefined => {
  const limit = Math.min(MAX_CHANGES, Math.floor(written.length / 2));
  const near = names
    .map((name) => ({ name, changes: countChanges(written.toLowerCase(), name.toLowerCase()) }))
    .filter(({ changes }) => changes <= limit);
  return near.sort((one, other) => one.changes - other.changes)[0]?.name;
};

/** Levenshtein's distance, row by row. */
const countChanges = (one: string, other: string): number => {
  // Differs by more than anything that is near, and saves the time that long text would take.
  if (Math.abs(one.length - other.length) > MAX_CHANGES) return Infinity;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let line = 1; line <= one.length; line += 1) {
    const next = [line];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = row[column - 1]! + (one[line - 1] === other[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[column]! + 1, next[column - 1]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
};
