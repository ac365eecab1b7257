/** Freezes a value and all that it holds, so that it can be given to many. Bytes stay as they are. */
export const deepFreeze = <T>(value: T): T => {
  const seen = new Set<object>();
  const left: unknown[] = [value];
  // Neither recursion, which nesting without end would end, nor trust in what is frozen: its parts may not be.
  while (left.length > 0) {
    const part = left.pop();
    if (part === null || typeof part !== 'object' || ArrayBuffer.isView(part) || seen.has(part)) continue;
    seen.add(part);
    Object.freeze(part);
    for (const inner of Object.values(part)) left.push(inner);
  }
  return value;
};
