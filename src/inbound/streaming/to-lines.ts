/** Lines are put together up to about this many characters. */
const TOGETHER = 32_768;

/** Line ends to some who read lines, but not to JSON, which leaves them as they are. */
const OTHER_LINE_ENDS = /[\u0085\u2028\u2029]/g;

/** The items as lines of JSON (NDJSON); whole lines, some at a time. */
export function* toLines(items: readonly object[]): Generator<string, void, undefined> {
  let lines = '';
  for (const item of items) {
    lines += toLine(item);
    if (lines.length < TOGETHER) continue;
    yield lines;
    lines = '';
  }
  if (lines !== '') yield lines;
}

/** One item, in one line whatever it contains. */
export const toLine = (item: object): string => `${JSON.stringify(item).replace(OTHER_LINE_ENDS, toEscape)}\n`;

const toEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
