import { Deferral } from '../../../src/inbound/deferral/deferral.ts';
import { Clock, SystemClock } from '../../../src/platform/clock.ts';
import { Records } from '../../../src/platform/records/records.ts';
import { ask, type Answer } from '../../support/ask.ts';
import { ADA, createGuardedApp, type GuardedApp } from '../authentication/known-callers.ts';
import { Ledger, LedgerDeferral, LedgerModule } from './ledger.module.ts';
import { TroubledRecords } from './troubled-records.ts';

export interface LedgerScene extends GuardedApp {
  readonly ledger: Ledger;
  readonly records: TroubledRecords;
  readonly deferral: LedgerDeferral;
  /** With Ada's token unless `headers` say otherwise; `path` after `/api/v1/ledger`. Default method: POST. */
  send(request?: LedgerRequest): Promise<Answer>;
}

export interface LedgerRequest {
  readonly method?: string;
  readonly path?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body?: string;
}

export const startLedger = async (clock: Clock = new SystemClock()): Promise<LedgerScene> => {
  const [records, deferral] = [new TroubledRecords(clock), new LedgerDeferral()];
  const app = await createGuardedApp({
    imports: [LedgerModule],
    override: (builder) =>
      builder
        .overrideProvider(Records)
        .useValue(records)
        .overrideProvider(Clock)
        .useValue(clock)
        .overrideProvider(Deferral)
        .useValue(deferral),
  });
  return {
    ...app,
    records,
    deferral,
    ledger: app.app.get(Ledger),
    send: ({ method = 'POST', path = '', ...rest } = {}) =>
      ask(`${app.url}/api/v1/ledger${path}`, { method, ...toInit(rest) }),
  };
};

const toInit = ({ key, headers, body }: LedgerRequest): RequestInit => ({
  headers: {
    authorization: `Bearer ${ADA}`,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  },
  ...(body === undefined ? {} : { body }),
});
