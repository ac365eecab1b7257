import { either } from './either.ts';
import { list, oneOf, share, value, whole, withinAMonth, withinAnHour, yesNo } from './fields.ts';
import { headerRules } from './header-rules.schema.ts';
import { strict } from './strict.ts';

const TEBIBYTE = 1_099_511_627_776;
const DAY_MS = 86_400_000;
const MAX_ATTEMPTS = 10;

export const request = (environment: NodeJS.ProcessEnv) =>
  strict({
    headers: headerRules(environment).prefault({}),
    query: list(
      value<string>((written) => typeof written === 'string', 'give the key of a query in quotes'),
      1_000,
      'keys',
    ).exactOptional(),
    maxBytes: whole(0, TEBIBYTE).default(10_485_760),
    forward: list(oneOf('authorization', 'cookie'), 2, 'authorization and cookie').default([]),
    host: oneOf('upstream', 'preserve').default('upstream'),
  });

export const response = (environment: NodeJS.ProcessEnv) =>
  strict({
    headers: headerRules(environment).prefault({}),
    maxBytes: whole(0, TEBIBYTE).default(Infinity),
    cookies: oneOf('drop', 'rewrite', 'pass').default('drop'),
    location: oneOf('rewrite', 'pass').default('rewrite'),
  });

export const timeouts = strict({
  connectMs: withinAnHour().exactOptional(),
  attemptMs: withinAnHour().exactOptional(),
  callMs: withinAnHour().exactOptional(),
  idleMs: withinAnHour().default(60_000),
  tunnelIdleMs: whole(1, DAY_MS).default(300_000),
});

const attempts = whole(1, MAX_ATTEMPTS);

const attemptsOrOff = value<number | 'off'>(
  (written) => written === 'off' || attempts.safeParse(written).success,
  `give a number of attempts from 1 to ${MAX_ATTEMPTS}, off, or a map of attempts and idempotencyKey`,
);

export const retries = either(
  attemptsOrOff.transform((written) => ({ attempts: written === 'off' ? 1 : written, idempotencyKey: false })),
  strict({ attempts: attempts.exactOptional(), idempotencyKey: yesNo().default(false) }),
);

export const hedge = either(
  oneOf('on', 'off'),
  strict({ afterMs: withinAnHour().exactOptional(), maxShare: share().exactOptional() }),
);

export const cache = either(
  oneOf('shared', 'off'),
  strict({
    ttlMs: withinAMonth().exactOptional(),
    staleWhileRevalidateMs: withinAMonth().exactOptional(),
    staleIfErrorMs: withinAMonth().exactOptional(),
    heuristicRatio: share().exactOptional(),
  }),
);
