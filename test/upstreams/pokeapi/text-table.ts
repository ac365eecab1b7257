/** Reads rows of cells separated by `|`, one row per line, in the order of the given columns. */
export function readTable<const Column extends string>(columns: readonly Column[], text: string) {
  return text
    .trim()
    .split('\n')
    .map((line) => readRow(columns, line));
}

function readRow<Column extends string>(columns: readonly Column[], line: string): Record<Column, string> {
  const cells = line.split('|').map((cell) => cell.trim());
  if (cells.length !== columns.length) {
    throw new Error(`PokeAPI data row "${line}" has ${cells.length} cells instead of ${columns.length}`);
  }
  const pairs = columns.map((column, index) => [column, cells[index] ?? ''] as const);
  return Object.fromEntries(pairs) as Record<Column, string>;
}
