import type { Import } from './imports-of.ts';

/** Files that, through others, import themselves: each cycle once, as `a → b → a`. Types are gone at run time and do not count. */
export const findCycles = (imports: readonly Import[]): string[] => {
  const edges = Map.groupBy(
    imports.filter(({ isTypeOnly, target }) => !isTypeOnly && target !== undefined),
    ({ from }) => from,
  );
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) cycles.push([...trail.slice(start), file].join(' → '));
    if (start >= 0 || finished.has(file)) return;
    for (const { target } of edges.get(file) ?? []) if (target !== undefined) visit(target, [...trail, file]);
    finished.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  return cycles;
};
