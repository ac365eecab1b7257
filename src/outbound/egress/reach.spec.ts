import { describe, expect, it } from '@jest/globals';
import { reachOf } from './reach.ts';

const METADATA = ['169.254.169.254', 'fd00:ec2::254', '::ffff:169.254.169.254'];
const NEVER = ['fe80::1', '0.0.0.0', '::', '224.0.0.1', '100.100.100.200', ...METADATA];
const LOOPBACK = ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'];
const PRIVATE = ['10.0.0.1', '172.16.0.1', '192.168.0.1', '100.64.0.1', 'fd00::1', '::ffff:10.0.0.1'];
const PUBLIC = ['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'];
const ALL = [...NEVER, ...LOOPBACK, ...PRIVATE, ...PUBLIC];

const reached = (hostname: string, network: 'public' | 'private' = 'public') => ALL.filter(reachOf(hostname, network));

describe('what a URL reaches', () => {
  it.each([
    ...['api.example.com', 'localhost.example.com', 'local.example', 'mylocalhost.com', 'internal.com', 'svc.example'],
    ...[
      '127.0.0.1.nip.io',
      'api.notlocalhost',
      'api.notinternal',
      'api.notlan',
      'x.test.example',
      'xlocal.io',
      'notlocalhost.dev',
      'api.example.com.',
    ],
  ])('is public only by the name %s', (name) => expect(reached(name)).toEqual(PUBLIC));

  it.each(['localhost', 'localhost.', 'cms.localhost', 'a.b.localhost'])('is this machine by the name %s', (name) => {
    expect(reached(name)).toEqual(LOOPBACK);
    expect(reached(name, 'private')).toEqual(LOOPBACK);
  });

  it.each([
    ...['cms', 'cms.', 'cms.local', 'cms.internal', 'cms.prod.svc', 'cms.prod.svc.cluster.local'],
    ...['cms.home.arpa', 'cms.lan', 'cms.test'],
  ])('is our own networks by the name %s, and nothing else', (name) => {
    expect(reached(name)).toEqual([...LOOPBACK, ...PRIVATE]);
    expect(reached(name, 'private')).toEqual([...LOOPBACK, ...PRIVATE]);
  });

  it('is our own networks by any name where the provider says so, but neither this machine nor metadata', () =>
    expect(reached('cms.example.com', 'private')).toEqual([...PRIVATE, ...PUBLIC]));

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['10.0.0.1', '10.0.0.1'],
    ['169.254.169.254', '169.254.169.254'],
    ['8.8.8.8', '8.8.8.8'],
    ['[::1]', '::1'],
    ['[fe80::1]', 'fe80::1'],
  ])('is %s and no other address by that address', (host, address) => {
    expect(reached(host)).toEqual([address]);
    expect(reached(host, 'private')).toEqual([address]);
  });
});
