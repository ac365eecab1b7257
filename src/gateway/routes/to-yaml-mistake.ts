import type { ErrorCode, LineCounter, YAMLError } from 'yaml';
import type { Mistake } from './route-mistakes.ts';

/** The parser's own words may quote the file, secrets included: these never do. */
const WORDS: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: 'an alias is written wrongly: write the value out',
  BAD_DIRECTIVE: 'a directive is not known: leave it out',
  BAD_DQ_ESCAPE:
    'text in double quotes holds an escape that there is not: use single quotes, or write \\\\ for a backslash',
  BAD_INDENT: 'this does not fit in here: give all keys of a map the same indentation, and close all brackets',
  BAD_SCALAR_START: 'text begins with a character that has a meaning of its own: put it in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'a value begins on the line of another, or a colon stands in text: begin a new line, or use quotes',
  BLOCK_IN_FLOW: 'a value of several lines stands within brackets: write one form or the other',
  DUPLICATE_KEY: 'this key stands here twice: keep one',
  MISSING_CHAR: 'something is not closed, or a comma, colon or blank is missing: complete it',
  MULTILINE_IMPLICIT_KEY: 'a key goes over several lines, or the colon after it is missing: write it as key: value',
  MULTIPLE_DOCS: 'a second document begins: keep one, and no --- after it',
  NON_STRING_KEY: 'a key is no text: write a word',
  RESOURCE_EXHAUSTION: 'this is nested too deeply: write it flatter',
  TAB_AS_INDENT: 'a tab indents: use blanks',
  TAG_RESOLVE_FAILED: 'a tag (!…) asks for something else than plain data: leave it out',
};

const OTHERWISE = 'this is no YAML: put text with special characters in quotes, and check brackets and indentation';

/** With line and column, counted from 1. */
export const toYamlMistake = ({ code, pos }: YAMLError, lines: LineCounter): Mistake => {
  const { line, col } = lines.linePos(pos[0]);
  return { where: `line ${line}, column ${col}`, what: WORDS[code] ?? OTHERWISE };
};
