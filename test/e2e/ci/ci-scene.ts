import { CiModule } from '../../../src/features/ci/ci.module.ts';
import { ask, type Answer } from '../../support/ask.ts';
import { withMemoryBackground } from '../../support/background.ts';
import { startSemaphore, type SemaphoreOptions, type SemaphoreStandIn } from '../../upstreams/semaphore.stand-in.ts';
import { ADA, callerOf, createGuardedApp, GRACE, type GuardedApp } from '../authentication/known-callers.ts';

/** Tokens by what their owners may. */
export const BOTH = ADA;
export const READER = GRACE;
export const WRITER = 'token-of-a-writer';
export const STRANGER = 'token-of-a-stranger';
/** May all that the owner of `BOTH` may, and is somebody else. */
export const LIN = 'token-of-lin';

const OTHERS = {
  [WRITER]: callerOf('writer', ['ci:write']),
  [STRANGER]: callerOf('stranger', ['pokemon:read']),
  [LIN]: callerOf('lin', ['ci:read', 'ci:write']),
};

export interface CiScene extends GuardedApp {
  readonly semaphore: SemaphoreStandIn;
  /** `path` after `/api/v1/ci`. With the token of `BOTH` unless `init` says otherwise. */
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface CiSceneOptions {
  readonly semaphore?: SemaphoreOptions;
  readonly env?: Readonly<Record<string, string>>;
}

/** The application before a Semaphore of its own, with callers of different scopes. */
export const startCi = async ({ semaphore: options, env }: CiSceneOptions = {}): Promise<CiScene> => {
  const semaphore = await startSemaphore(options);
  const app = await createGuardedApp({
    imports: [CiModule],
    env: { SEMAPHORE_URL: semaphore.url, SEMAPHORE_TOKEN: semaphore.token, ...env },
    override: withMemoryBackground,
  });
  app.tokens.answer = (token) => {
    const caller = token in OTHERS ? OTHERS[token as keyof typeof OTHERS] : undefined;
    return Promise.resolve(caller ? { caller } : { refusal: 'unknown' });
  };
  const send = (path: string, init: RequestInit): Promise<Answer> =>
    ask(`${app.url}/api/v1/ci${path}`, { ...init, headers: { authorization: `Bearer ${BOTH}`, ...init.headers } });
  return {
    ...app,
    semaphore,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, body, headers = {}) => send(path, { method: 'POST', ...toContent(body, headers) }),
    close: async () => {
      await app.close();
      await semaphore.close();
    },
  };
};

const toContent = (body: unknown, headers: Record<string, string>): RequestInit =>
  body === undefined
    ? { headers }
    : { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
