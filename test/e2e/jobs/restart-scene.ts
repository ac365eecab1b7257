import type { Call } from '../../../src/features/calls/calls.dto.ts';
import { BackgroundCalls } from '../../../src/jobs/background-calls.ts';
import { ask, jsonOf, type Answer } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { ADA, createGuardedApp, ISSUER, type GuardedApp } from '../authentication/known-callers.ts';
import { Harbour, HarbourModule } from '../calls/harbour.module.ts';

/** One life of the application on a `DATA_DIR`, as Ada sees it; it makes one call at a time. */
export interface Life extends GuardedApp {
  readonly harbour: Harbour;
  /** `path` after `/api/v1/calls`. */
  send(method: string, path: string, body?: object): Promise<Answer>;
  submit(operation: string, name: string): Promise<Call>;
  /** Past the API, where nobody can put off a call. */
  submitDelayed(operation: string, name: string, delayMs: number): Promise<string>;
  find(id: string): Promise<Call>;
  /** Waits until it is in that state. */
  reach(id: string, state: string): Promise<Call>;
}

const OWNER = { issuer: ISSUER, subject: 'ada', clientId: 'web' };

/** A busy machine takes its time to start PostgreSQL. */
const PATIENCE = { REQUEST_TIMEOUT_MS: '150000', SHUTDOWN_TIMEOUT_MS: '4000' };

export const startLife = async (dataDir: string): Promise<Life> => {
  const env = { DATA_DIR: dataDir, JOBS_CONCURRENCY: '1', ...PATIENCE };
  const app = await createGuardedApp({ imports: [HarbourModule], env });
  const headers = { authorization: `Bearer ${ADA}`, 'content-type': 'application/json' };
  const send: Life['send'] = (method, path, body) =>
    ask(`${app.url}/api/v1/calls${path}`, {
      method,
      ...(body ? { headers, body: JSON.stringify(body) } : { headers: { authorization: headers.authorization } }),
    });
  const find = async (id: string): Promise<Call> => jsonOf<Call>(await send('GET', `/${id}`));
  return {
    ...app,
    harbour: app.app.get(Harbour, { strict: false }),
    send,
    submit: async (operation, name) => jsonOf<Call>(await send('POST', '', { operation, input: { name } })),
    submitDelayed: async (operation, name, delayMs) => {
      const calls = app.app.get(BackgroundCalls, { strict: false });
      return (await calls.submit({ operation, input: { name }, owner: OWNER, delayMs })).id;
    },
    find,
    reach: async (id, state) => {
      let call: Call | undefined;
      await eventually(async () => {
        call = await find(id);
        if (call.state !== state) throw new Error(`${id} is ${call.state}: ${JSON.stringify(call)}`);
      }, 60_000);
      return call!;
    },
  };
};
