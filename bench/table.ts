const wholeNumber = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

export const formatWhole = (value: number): string => wholeNumber.format(value);

export const formatPercent = (share: number): string => `${(share * 100).toFixed(0)} %`;

/** Rows as lines; the first column to the left, figures to the right. */
export const toTable = (rows: string[][]): string => {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const toLine = ([name = '', ...figures]: string[]): string =>
    [name.padEnd(width(0)), ...figures.map((figure, index) => figure.padStart(width(index + 1)))].join('   ');
  return rows.map((row) => toLine(row).trimEnd()).join('\n');
};
