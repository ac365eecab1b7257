import { remember } from './remember.ts';

/** A host as a request names it. */
export interface NamedHost {
  readonly name: string;
  readonly port: string | undefined;
  /** Its name as a parameter's value, quoted where it has to be (RFC 7239 §4). */
  readonly quoted: string;
}

/** RFC 9110 §7.2, of which names with other characters than these do not lead anywhere. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?$/i;

const TOKEN = /^[\w.-]+$/;

const NONE: NamedHost | null = null;

const parse = remember((text) => {
  const match = HOST.exec(text);
  if (match === null) return NONE;
  return { name: text, port: match[1], quoted: TOKEN.test(text) ? text : `"${text}"` };
});

/** Undefined for what is no host: that is not passed on. */
export const toNamedHost = (text: string | undefined): NamedHost | undefined =>
  text === undefined ? undefined : (parse(text) ?? undefined);
