const wholeNumber = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

export const formatWhole = (value: number): string => wholeNumber.format(value);

export const formatPercent = (share: number): string => `${(share * 100).toFixed(0)} %`;

/** The first row is the header. */
const withoutEmptyColumns = (rows: string[][]): string[][] => {
  const isFilled = (column: number): boolean => rows.slice(1).some((row) => (row[column] ?? '') !== '');
  return rows.map((row) => row.filter((_, column) => isFilled(column)));
};

/** Rows as lines; the first column to the left, figures to the right. A column that has but its header is left out. */
export const toTable = (allRows: string[][]): string => {
  const rows = withoutEmptyColumns(allRows);
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const toLine = ([name = '', ...figures]: string[]): string =>
    [name.padEnd(width(0)), ...figures.map((figure, index) => figure.padStart(width(index + 1)))].join('   ');
  return rows.map((row) => toLine(row).trimEnd()).join('\n');
};
