import { isOrigin } from '../config/is-origin.ts';
import { describeError } from './describe-error.ts';
import { toSafeText } from './safe-text.ts';

/** Makes of a value what may be logged of it; undefined: nothing. */
export type Loggable = (value: unknown) => unknown;

/** What stands in place of a value that is not what was declared. */
export const NOT_LOGGED = '[not logged]';

const MAX_LENGTH = 2_000;

/** A number, a truth value, or a name of our own making, which holds no secret: an id, a state, a code. */
export const plain: Loggable = (value) => {
  switch (typeof value) {
    case 'string':
      return value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH)}…` : value;
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    default:
      return value === null ? null : NOT_LOGGED;
  }
};

/** The same, where others may have had a say in it: what looks like a credential is taken out. */
export const text: Loggable = (value) => (typeof value === 'string' ? toSafeText(value, MAX_LENGTH) : plain(value));

/** Where something is, and nothing more: a path or a query may hold anything. */
export const origin: Loggable = (value) => (typeof value === 'string' && isOrigin(value) ? value : NOT_LOGGED);

/** A duration, to a tenth of a millisecond. */
export const ms: Loggable = (value) => (typeof value === 'number' ? Math.round(value * 10) / 10 : plain(value));

/** Whatever was thrown. */
export const thrown: Loggable = (value) => (value === undefined ? undefined : describeError(value));

/** Known to be there, and of no use to who reads the log. */
export const leftOut: Loggable = () => undefined;
