import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { callersToken, clientCredentials, staticToken, type StaticTokenOptions } from '../../../src/outbound/index.ts';
import type { CredentialKind } from '../../../src/outbound/credentials/credential-kind.ts';
import type { CallReceipt } from '../../../src/outbound/telemetry/call-receipt.ts';
import { CallReceipts } from '../../../src/outbound/telemetry/call-receipts.ts';
import { ReceiptLog } from '../../../src/outbound/telemetry/receipt-log.ts';
import { Secret } from '../../../src/platform/secret.ts';
import { buildCaller, runAs } from '../../support/build-caller.ts';
import { buildProvider, type BuiltProvider } from '../../support/build-provider.ts';
import { captureLog } from '../../support/captured-log.ts';
import { TestIssuer } from '../../support/test-issuer.ts';
import { startFaultServer, type FaultServer } from '../../upstreams/fault-server.ts';
import { FAULT_NAMES } from '../../upstreams/faults/all-faults.ts';
import { zipBombBytes } from '../../upstreams/faults/zip-bomb-bytes.ts';

/** With characters that look different in a URL. */
const TOKEN = `${randomBytes(24).toString('base64')}+/=`;
const bytes = Buffer.from(TOKEN);
/** Base64 of a part of something: what is before it shifts the letters. */
const inBase64 = [0, 1, 2].map((shift) =>
  Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .slice(4, 36),
);
const SPELLINGS = [TOKEN, encodeURIComponent(TOKEN), bytes.toString('hex'), ...inBase64];

const findToken = (what: unknown): string[] => {
  const texts = [String(what), JSON.stringify(what), inspect(what, { depth: 20, showHidden: true, getters: true })];
  const text = texts.join('\n').replaceAll('\\', '').replaceAll('-', '+').replaceAll('_', '/');
  return SPELLINGS.filter((spelling) => text.includes(spelling));
};

let upstream: FaultServer;
let built: BuiltProvider;

beforeAll(async () => {
  await zipBombBytes();
  upstream = await startFaultServer();
});
afterEach(() => built.provider.close());
afterAll(() => upstream.close());

const FAULTS = [...FAULT_NAMES.filter((name) => !['status', 'echo'].includes(name)), 'status/401', 'status/500'];
const KINDS = [
  ['a static token', staticToken()],
  ['a static token in the query', staticToken({ query: 'key' })],
  ['a static token in a header of its own', staticToken({ header: 'x-api-key' })],
  ['client credentials', clientCredentials()],
  ["a caller's token", callersToken()],
] as const;

const build = (credential: CredentialKind, own: Partial<StaticTokenOptions> = {}): void => {
  const options: Partial<StaticTokenOptions> = { attemptTimeoutMs: 50, callDeadlineMs: 150, token: new Secret(TOKEN) };
  const issuer = new TestIssuer({ value: new Secret(TOKEN), lifeMs: 10_000 });
  built = buildProvider({ baseUrl: upstream.url, ...options, ...own, credential, issuer: () => issuer });
};

/** What comes of a call: its answer, or what it fails with. */
const call = (method: string, fault: string): Promise<unknown> =>
  runAs(buildCaller('ann', TOKEN), () =>
    built.http.axiosRef.request<unknown>({ method, url: `/${fault}`, data: method === 'POST' ? { a: 1 } : null }).then(
      ({ status, data }) => ({ status, data }),
      (error: unknown) => error,
    ),
  );

/** What the log makes of receipts at its most talkative. */
const logOf = (receipts: readonly CallReceipt[]): string[] => {
  const { log, lines } = captureLog();
  const published = new CallReceipts();
  const _log = new ReceiptLog(published, log);
  for (const receipt of receipts) published.publish(receipt);
  return lines;
};

describe.each(KINDS)('%s', (_kind, credential) => {
  it.each(FAULTS)('is told by nothing that comes of the fault %s', async (fault) => {
    build(credential);
    const ended = [await call('GET', fault), await call('POST', fault)];
    expect(built.receipts).toHaveLength(2);
    for (const what of [...ended, built.receipts, built.provider, built.provider.status, logOf(built.receipts)])
      expect(findToken(what)).toEqual([]);
  });

  it.each(['refusedUrl', 'tlsUrl'] as const)(
    'is told by nothing that comes of an upstream at its %s',
    async (which) => {
      build(credential, { baseUrl: upstream[which] });
      const failed = await call('GET', 'ok');
      expect(failed).toMatchObject({ code: 'upstream_unreachable' });
      for (const what of [failed, built.receipts, logOf(built.receipts)]) expect(findToken(what)).toEqual([]);
    },
  );
});

describe('the token', () => {
  it('did reach the upstream, in every place', () => {
    const seen = upstream.requestsSeen.map(({ headers, query }) => [...Object.values(headers), ...query.values()]);
    const values = new Set(seen.flat(2));
    expect([values.has(`Bearer ${TOKEN}`), values.has(TOKEN)]).toEqual([true, true]);
  });

  it.each(SPELLINGS)('would be found if it were told as %s', (spelling) => {
    build(staticToken());
    expect(findToken({ deep: [`x${spelling}`] })).not.toEqual([]);
  });
});
