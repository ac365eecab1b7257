import { fields } from './loggable-parts.ts';
import { NOT_LOGGED } from './loggable.ts';
import { LOGGED_FIELDS } from './logged-fields.ts';
import { toSafeText } from './safe-text.ts';

const ofLine = fields(LOGGED_FIELDS);

/** What is written of the fields of a line, whatever they are. Never throws. */
export const toLogged = (given: unknown): object => {
  const kept = ofLine(isError(given) ? { error: given } : given) ?? {};
  return kept === NOT_LOGGED ? { notLogged: 1 } : kept;
};

/** Also of what does not let itself be asked. */
const isError = (given: unknown): boolean => {
  try {
    return given instanceof Error;
  } catch {
    return false;
  }
};

const MAX_SENTENCE = 2_000;

/** Sentences are constants for the most part: of those short enough, so many are looked through once only. */
const MAX_KNOWN = 500;
const MAX_KNOWN_LENGTH = 200;
const known = new Map<string, string>();

/** What is written of a line's sentence. */
export const toSentence = (given: unknown): string | undefined => {
  if (typeof given !== 'string') return undefined;
  const before = known.get(given);
  if (before !== undefined) return before;
  const sentence = toSafeText(given, MAX_SENTENCE);
  if (given.length <= MAX_KNOWN_LENGTH && known.size < MAX_KNOWN) known.set(given, sentence);
  return sentence;
};
