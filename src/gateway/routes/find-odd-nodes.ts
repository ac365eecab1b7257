/** More than a file of the largest size holds by itself: aliases that contain aliases grow without end. */
const MAX_NODES = 500_000;
const MAX_DEPTH = 50;

/** What makes a value more than it seems: aliases that unfold, loops, depth, and keys that change what an object is. */
export const findOddNodes = (value: unknown): string | undefined => {
  let nodes = 0;
  const findIn = (node: unknown, depth: number): string | undefined => {
    nodes += 1;
    if (nodes > MAX_NODES) return 'is too large once its aliases are followed: write less';
    if (typeof node !== 'object' || node === null) return undefined;
    if (depth > MAX_DEPTH)
      return `is nested more than ${MAX_DEPTH} levels deep, or an alias leads to itself: write it flatter`;
    if (Object.hasOwn(node, '__proto__')) return 'holds the key __proto__: leave it out';
    for (const child of Object.values(node)) {
      const odd = findIn(child, depth + 1);
      if (odd !== undefined) return odd;
    }
    return undefined;
  };
  return findIn(value, 0);
};
