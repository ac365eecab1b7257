import type { Call } from '../../../src/features/calls/calls.dto.ts';
import { BackgroundCalls } from '../../../src/jobs/background-calls.ts';
import { ask, jsonOf, type Answer } from '../../support/ask.ts';
import { withMemoryBackground } from '../../support/background.ts';
import { eventually } from '../../support/eventually.ts';
import { startSemaphore, type SemaphoreStandIn } from '../../upstreams/semaphore.stand-in.ts';
import { ADA, callerOf, createGuardedApp, GRACE, type GuardedApp } from '../authentication/known-callers.ts';
import { Harbour, HarbourModule } from './harbour.module.ts';

/** May all that Ada may, and is somebody else. */
export const LIN = 'token-of-lin';
/** Ada, by way of another application. */
export const ADAS_APP = 'token-of-adas-app';
/** Somebody else of Ada's name, at another authorization server. */
export const OTHER_ADA = 'token-of-the-other-ada';
export { ADA, GRACE };

export const OPS_TOKEN = 'a-token-for-operators-only';

const WRITER = ['ci:read', 'ci:write'];

const OTHERS = new Map([
  [LIN, callerOf('lin', WRITER)],
  [ADAS_APP, { ...callerOf('ada', WRITER), clientId: 'app' }],
  [OTHER_ADA, { ...callerOf('ada', WRITER), issuer: 'https://login.example.org' }],
]);

export interface CallsScene extends GuardedApp {
  readonly semaphore: SemaphoreStandIn;
  readonly harbour: Harbour;
  /** Past the API: also what no caller may ask for, and what is to wait. */
  readonly background: BackgroundCalls;
  /** `path` after `/api/v1`. With Ada's token unless `headers` say otherwise. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The same as an operator, `path` after `/ops/calls`. */
  operate(method: string, path: string): Promise<Answer>;
  /** Has it done for whoever has the token; as it is once it was taken. */
  submit(operation: string, input: object, token?: string): Promise<Call>;
  /** Waits until it is in that state. */
  reach(id: string, state: string, token?: string): Promise<Call>;
}

/** The application with background calls in memory, before a Semaphore of its own. */
export const startCalls = async (): Promise<CallsScene> => {
  const semaphore = await startSemaphore();
  const app = await createGuardedApp({
    imports: [HarbourModule],
    env: { SEMAPHORE_URL: semaphore.url, SEMAPHORE_TOKEN: semaphore.token, OPS_TOKEN },
    override: withMemoryBackground,
  });
  app.tokens.answer = (token) => {
    const caller = OTHERS.get(token);
    return Promise.resolve(caller ? { caller } : { refusal: 'unknown' });
  };
  const send: CallsScene['send'] = (method, path, body, headers = {}) =>
    ask(`${app.url}/api/v1${path}`, {
      method,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: {
        authorization: `Bearer ${ADA}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  return {
    ...app,
    semaphore,
    harbour: app.app.get(Harbour, { strict: false }),
    background: app.app.get(BackgroundCalls, { strict: false }),
    send,
    operate: (method, path) => ask(`${app.url}/ops/calls${path}`, { method, headers: bearer(OPS_TOKEN) }),
    submit: async (operation, input, token = ADA) =>
      jsonOf<Call>(await send('POST', '/calls', { operation, input }, bearer(token))),
    reach: async (id, state, token = ADA) => {
      let call: Call | undefined;
      await eventually(async () => {
        call = jsonOf<Call>(await send('GET', `/calls/${id}`, undefined, bearer(token)));
        if (call.state !== state) throw new Error(`${id} is ${call.state}: ${JSON.stringify(call)}`);
      }, 20_000);
      return call!;
    },
    close: async () => {
      await app.close();
      await semaphore.close();
    },
  };
};
