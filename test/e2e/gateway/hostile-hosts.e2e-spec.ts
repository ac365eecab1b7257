import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Problem } from '../../../src/inbound/problems/problem.ts';
import { head, startRawGateway, type RawGateway } from './raw-gateway.ts';

let raw: RawGateway;
beforeAll(async () => {
  raw = await startRawGateway(
    ({ url }) => ({ name: 'kept', public: true, target: { endpoints: [url] }, request: { host: 'preserve' } }),
    ({ url }) => ({ name: 'named', public: true, target: { endpoints: [url] }, match: { host: 'api.example.com' } }),
  );
});
beforeEach(() => raw.forget());
afterAll(() => raw.close());

const lines = (...all: string[]): string => `${all.join('\r\n')}\r\nConnection: close\r\n\r\n`;
const withHosts = (...hosts: string[]): string =>
  lines('GET /gateway/kept/echo HTTP/1.1', ...hosts.map((host) => `Host: ${host}`));
const target = (text: string): string => head(`GET ${text}`, 'Connection: close');

const expectRefused = async (bytes: string, status = 400): Promise<void> => {
  const answer = await raw.say(bytes);
  expect([answer.status, (JSON.parse(answer.text) as Problem).status]).toEqual([status, status]);
  await raw.expectUnreached();
};

describe('a host in doubt reaches no upstream, though it is preserved', () => {
  it.each<[string, string]>([
    ['two hosts', withHosts('test', 'evil.example')],
    ['two hosts in one', withHosts('test, evil.example')],
    ['none', withHosts()],
    ['an empty one', withHosts('')],
    ['a user before it', withHosts('me@evil.example')],
    ['a path behind it', withHosts('test/../evil')],
    ['something encoded', withHosts('test%0d%0ax-evil:1')],
    ['a tab within', withHosts('test\tevil.example')],
    ['NUL within', withHosts('test\0evil.example')],
    ['no ASCII', withHosts('t\xc3\xa9st')],
    ['another port than there is', withHosts('test:99999999')],
    ['another in the target', target('http://evil.example/gateway/open/echo')],
    ['a user in the target', target('http://me@test/gateway/open/echo')],
    ['a scheme that is none of ours', target('gopher://test/gateway/open/echo')],
    [
      'an authority alone',
      head('CONNECT evil.example:443', 'Connection: close').replace('Host: test', 'Host: evil:443'),
    ],
    ['a proxy of everything', target('https://evil.example:443/')],
  ])('%s', (what, bytes) => expectRefused(bytes, what === 'an authority alone' ? 405 : 400));

  it.each(['api.example.com.evil', 'evil-api.example.com', 'xapi.example.com'])(
    'nor does a host that only looks like the one of its route: %s',
    (host) => expectRefused(lines('GET /gateway/named/echo HTTP/1.1', `Host: ${host}`), 404),
  );
});

describe('the host that the upstream hears', () => {
  it('is its own, whatever the caller says', async () => {
    await raw.say(lines('GET /gateway/open/echo HTTP/1.1', 'Host: evil.example'));
    expect(raw.only().headers).toMatchObject({
      host: `127.0.0.1:${raw.echo.port}`,
      'x-forwarded-host': 'evil.example',
    });
  });

  it('is one, where it is that of the caller', async () => {
    await raw.say(withHosts('api.example.com:8443'));
    expect(raw.only().rawHeaders.filter((name) => name.toLowerCase() === 'host')).toHaveLength(1);
    expect(raw.only().headers.host).toBe('api.example.com:8443');
  });

  it('is that of the header where the target names the same one', async () => {
    await raw.say(target('http://TEST/gateway/kept/echo/a?b'));
    expect([raw.only().url, raw.only().headers.host]).toEqual(['/echo/a?b', 'test']);
  });

  it.each(['x-forwarded-host', 'x-host', 'x-original-host', 'forwarded', 'x-forwarded-server', 'x-http-host-override'])(
    'is not what others say it was: %s',
    async (name) => {
      await raw.say(head('GET /gateway/named/echo', `${name}: api.example.com`, 'Connection: close'));
      await raw.expectUnreached();
      raw.forget();
      await raw.say(head('GET /gateway/open/echo', `${name}: host=api.example.com`, 'Connection: close'));
      expect(JSON.stringify(raw.only().headers)).not.toContain('api.example.com');
    },
  );
});
