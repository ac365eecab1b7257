import { readTemplate } from '../path-template.ts';
import { checkTimes } from './check-times.ts';
import type { WrittenRoute } from './route.schema.ts';
import type { Found } from './strict.ts';

type Check = (found: Found<WrittenRoute>) => void;

const admission: Check = ({ sound, report }) => {
  if (sound.public && sound.scopes?.length) report(['scopes'], 'contradicts public: leave out one of them');
};

const destination: Check = ({ isWritten, report }) => {
  const count = Number(isWritten('target')) + Number(isWritten('aggregate'));
  if (count !== 1)
    report([], `give ${count === 0 ? 'a target, or an aggregate' : 'a target or an aggregate, not both'}`);
};

const rewriting: Check = ({ sound, isWritten, report }) => {
  if (isWritten('strip') && isWritten('rewrite')) report(['rewrite'], 'contradicts strip: keep one of them');
  // What else match.path might have said is not known.
  if (isWritten('match') && sound.match === undefined) return;
  const known = sound.match?.path === undefined ? [] : readTemplate(sound.match.path).names;
  const check = (path: PropertyKey[], template = '/'): void => {
    for (const name of readTemplate(template).names.filter((needed) => !known.includes(needed))) {
      report(path, `needs {${name}}, which match.path does not have: write a match.path with {${name}}`);
    }
  };
  check(['rewrite'], sound.rewrite);
  for (const [key, part] of Object.entries(sound.aggregate ?? {})) check(['aggregate', key, 'path'], part.path);
};

/** It asks by paths of its own, and answers with JSON of its own. */
const aggregation: Check = ({ sound, isWritten, report }) => {
  if (!isWritten('aggregate')) return;
  for (const key of ['strip', 'rewrite', 'upgrades'] as const) {
    if (isWritten(key)) report([key], 'leave it out: an aggregate has none');
  }
  const others = sound.match?.methods?.filter((method) => !['GET', 'HEAD'].includes(method)) ?? [];
  if (others.length > 0) report(['match', 'methods'], `leave ${others.join(', ')} out: an aggregate answers GET only`);
};

const privacy: Check = ({ sound, report }) => {
  const isCached = sound.cache !== undefined && sound.cache !== 'off';
  if (!isCached || !sound.request?.forward.includes('cookie')) return;
  report(
    ['cache'],
    'contradicts request.forward: what one caller gets for a cookie would be kept for all; write cache: off',
  );
};

/** Of an aggregate, parts with such a target are not hedged. */
const hedging: Check = ({ sound, report }) => {
  const { hedge = 'off', target } = sound;
  if (hedge === 'off' || target?.balance?.method !== 'hash') return;
  report(
    ['hedge'],
    'contradicts target.balance: by hash a request has one server, a second attempt would go to another; leave out one of them',
  );
};

const CHECKS: readonly Check[] = [admission, destination, rewriting, aggregation, privacy, hedging, checkTimes];

/** What fields of a route say against each other. */
export const checkRoute: Check = (found) => {
  for (const check of CHECKS) check(found);
};
