import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';
import { Resolver, type Resolved } from '../../../src/outbound/egress/resolver.ts';
import { startFaultServer } from '../../upstreams/fault-server.ts';

/** One name leads to where nobody may go, all others nowhere. */
class StrangeResolver extends Resolver {
  lookup(hostname: string, _options: unknown, resolved: Resolved): void {
    const isKnown = hostname === 'metadata.example.com';
    const unknown = Object.assign(new Error('There is no such name'), { code: 'ENOTFOUND' });
    setImmediate(() => (isKnown ? resolved(null, [METADATA]) : resolved(unknown, [])));
  }
}

const METADATA = { address: '169.254.169.254', family: 4 };

let echo: EchoServer;
let secure: EchoServer;
let faults: Awaited<ReturnType<typeof startFaultServer>>;
let gateway: GatewayApp;
beforeAll(async () => {
  [echo, secure, faults] = await Promise.all([startEcho(), startEcho({ tls: true }), startFaultServer()]);
  const common = { public: true, retries: 'off' };
  const to = (url: string): object => ({ ...common, target: { endpoints: [url] } });
  const routes = [
    { name: 'echo', ...to(echo.url), timeouts: { attemptMs: 1_500 } },
    { name: 'refused', ...to('http://127.0.0.1:9') },
    { name: 'untrusted', ...to(secure.url) },
    { name: 'unknown', ...to('http://nowhere.example.com') },
    { name: 'forbidden', ...to('http://metadata.example.com') },
    { name: 'faults', ...to(faults.url) },
    { name: 'off', ...common, target: { provider: 'cms' } },
  ];
  gateway = await createGateway(routes, {
    override: (builder) => builder.overrideProvider(Resolver).useClass(StrangeResolver),
  });
});
afterEach(() => echo.release());
afterAll(async () => {
  await gateway.close();
  await Promise.all([echo.close(), secure.close(), faults.close()]);
});

const get = (path: string): Promise<Answer> => ask(`${gateway.url}/gateway${path}`);

describe('a failure is told', () => {
  it.each([
    ['/refused/', 502, 'upstream_unreachable', 'connection_refused'],
    ['/untrusted/', 502, 'upstream_unreachable', 'tls_certificate_error'],
    ['/unknown/', 502, 'upstream_unreachable', 'dns_error'],
    ['/forbidden/', 502, 'upstream_unreachable', 'destination_ip_prohibited'],
    ['/echo/reset', 502, 'upstream_unreachable', 'connection_terminated'],
    ['/echo/hang', 504, 'upstream_timeout', 'http_response_timeout'],
    ['/faults/huge-headers', 502, 'upstream_invalid_answer', 'http_response_header_section_size'],
    ['/off/', 503, 'not_configured', 'proxy_configuration_error'],
  ])('%s', async (path, status, code, error) => {
    const answer = await get(path);
    expect(problemOf(answer)).toMatchObject({ status, code });
    expect(answer.headers.get('proxy-status')).toBe(`breakwater; error=${error}`);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.text + JSON.stringify([...answer.headers])).not.toMatch(/127\.0\.0\.1:9|169\.254|example\.com/);
  });

  it.each([
    ['/nowhere/echo', 404, 'http_request_error'],
    ['/echo/a%2Fb', 400, 'http_request_error'],
  ])('of the request: %s', async (path, status, error) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.get('proxy-status')]).toEqual([status, `breakwater; error=${error}`]);
  });
});

describe('an answer of the upstream is told as such', () => {
  it.each([200, 404, 500, 503])('%i', async (status) => {
    const { headers } = await get(`/echo/status/${status}?proxy-status=origin`);
    expect(headers.get('proxy-status')).toBe(`origin, breakwater; received-status=${status}`);
    expect(headers.get('cache-status')).toBe('gateway.echo; fwd=bypass');
  });
});
