import { normalisePath } from '../normalise-path.ts';
import { readTemplate } from '../path-template.ts';
import { value } from './fields.ts';

const PLACEHOLDERS = /(?<=\/)\{[A-Za-z]\w{0,31}\}(?=\/|$)/g;

/** What is wrong with a path; undefined when it is written as it is matched and sent. */
export const pathMistake = (written: unknown): string | undefined => {
  if (typeof written !== 'string' || !written.startsWith('/'))
    return 'give a path that begins with a slash, such as /v2';
  const path = normalisePath(written, true);
  if (typeof path !== 'string') return `give a path that can be sent: ${path.refusal.replace('The path', 'it')}`;
  return path === written ? undefined : `write it as ${path}, for that is what it means`;
};

const prefixMistake = (written: unknown): string | undefined => {
  const mistake = pathMistake(written);
  if (mistake !== undefined || written === '/') return mistake;
  return String(written).endsWith('/') ? 'write it without the slash at its end' : undefined;
};

const templateMistake = (written: unknown): string | undefined => {
  const mistake = pathMistake(typeof written === 'string' ? written.replaceAll(PLACEHOLDERS, 'x') : written);
  if (mistake !== undefined) {
    return /[{}]/.test(String(written)) ? 'let each {name} be a whole segment, of letters, digits and _' : mistake;
  }
  const { names } = readTemplate(written as string);
  return new Set(names).size === names.length ? undefined : 'give each {name} once';
};

const pathOf = (mistakeIn: (written: unknown) => string | undefined) =>
  value<string>(
    (written) => mistakeIn(written) === undefined,
    (written) => mistakeIn(written) ?? '',
  );

/** Whole segments, such as `/v2`, without a slash at the end. */
export const prefix = pathOf(prefixMistake);

/** Such as `/users/{id}`. */
export const template = pathOf(templateMistake);

/** A path and perhaps a query. */
export const pathAndQuery = pathOf((written) =>
  pathMistake(typeof written === 'string' ? written.replace(/\?[\x21\x24-\x3b\x3d\x3f-\x7e]*$/, '') : written),
);
