import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { upstreamCharizard } from '../../../bench/questions/questions.ts';
import { stopEveryChild } from '../../../bench/servers/child-process.ts';
import { startServer, type Server } from '../../../bench/servers/server.ts';
import { charizardUpstream } from '../../../bench/upstreams/by-nginx.ts';
import { upstreamFor, type UpstreamManner } from '../../../bench/upstreams/by-node.ts';
import { countUpstreamCalls } from '../../../bench/upstreams/count-calls.ts';

const manner: UpstreamManner = { cacheControl: 'public, max-age=86400', answerBytes: 5_000 };

const askFor = async ({ origin }: Server): Promise<{ headers: object; text: string }> => {
  // A condition that nginx would answer with 304 if it were asked to serve a file.
  const conditions = { 'if-none-match': '"charizard"', range: 'bytes=0-9' };
  const { headers, body } = await request(origin + upstreamCharizard.path, { headers: conditions });
  // These two may differ.
  const { date: _date, server: _server, ...rest } = headers;
  return { headers: rest, text: await body.text() };
};

// Where nginx is not installed both are the same.
describe('the upstream of a comparison', () => {
  let byNode: Server;
  let byNginx: Server;

  beforeAll(async () => {
    byNode = await startServer(upstreamFor(manner));
    byNginx = await startServer(charizardUpstream(manner));
  });
  afterAll(stopEveryChild);

  it('answers the same by nginx as by Node', async () => {
    const answer = await askFor(byNginx);
    expect(answer).toEqual(await askFor(byNode));
    expect(answer.headers).toMatchObject({ 'content-length': '5000', etag: '"charizard"' });
  });

  it.each([
    ['Node', () => byNode],
    ['nginx', () => byNginx],
  ])('counts calls, and not the questions about them, by %s', async (_, server) => {
    const before = await countUpstreamCalls(server());
    await askFor(server());
    await askFor(server());
    expect(await countUpstreamCalls(server())).toBe(before + 2);
    expect(await countUpstreamCalls(server())).toBe(before + 2);
  });
});
