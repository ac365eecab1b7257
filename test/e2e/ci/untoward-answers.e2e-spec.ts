import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { problemOf } from '../../support/ask.ts';
import { createApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { BOTH, LIN, READER, startCi, type CiScene } from './ci-scene.ts';
import { SOME_ID, startScripted, type ScriptedSemaphore } from '../semaphore-provider/scripted-semaphore.ts';

let semaphore: ScriptedSemaphore;
let breakwater: CiScene;
let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

const start = async (): Promise<void> => {
  semaphore = await startScripted();
  breakwater = await startCi({ env: { SEMAPHORE_URL: semaphore.url, SEMAPHORE_TOKEN: semaphore.token } });
  close = async () => {
    await breakwater.close();
    await semaphore.close();
  };
};

describe('a list of jobs', () => {
  it('whose page token fits into no cursor of ours is an invalid answer, and no fault of ours', async () => {
    await start();
    const jobs = [{ metadata: { id: SOME_ID }, status: { state: 'FINISHED', result: 'PASSED' } }];
    semaphore.answer({ body: { jobs, next_page_token: 'x'.repeat(5_000) } });
    const answer = await breakwater.get('/jobs?limit=1');
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_invalid_answer', provider: 'semaphore' });
    expect(breakwater.logLines.join('')).not.toContain('nobody foresaw');
  });
});

describe('patience with Semaphore', () => {
  it('may be less than the code says: the application starts', async () => {
    close = () => Promise.resolve();
    const env = { SEMAPHORE_URL: 'https://acme.semaphoreci.com/api/v1alpha', SEMAPHORE_TOKEN: 'of-semaphore' };
    ({ close } = await createApp({ env: { ...env, SEMAPHORE_CALL_DEADLINE_MS: '15000' } }));
  });
});

describe('a large log', () => {
  const CALLERS = 12;
  const LARGE = 1_200_000;
  /** More than the system takes off our hands while nobody reads. */
  const LARGER = 14_000_000;

  const answerWith = (length: number): void => {
    const output = `${'x'.repeat(59)}\n`.repeat(length / 60);
    semaphore.answer({ body: { events: [{ event: 'cmd_output', timestamp: 1_571_083_003, output }] } });
  };

  it('is answered to two readers of one caller at once, and to four in all: others come back later', async () => {
    await start();
    answerWith(LARGER);
    const { hostname, port } = new URL(breakwater.url);
    const sockets = await Promise.all(
      [BOTH, BOTH, LIN, LIN, BOTH, LIN, READER].map(async (token) => {
        const socket = connect(Number(port), hostname).on('error', () => undefined);
        await once(socket, 'connect');
        socket.write(
          `GET /api/v1/ci/jobs/${SOME_ID}/logs HTTP/1.1\r\nHost: breakwater\r\nAuthorization: Bearer ${token}\r\n\r\n`,
        );
        // The head, and no more: nobody takes the log away.
        await once(socket, 'readable');
        return { socket, head: String(socket.read(12)) };
      }),
    );
    expect(sockets.filter(({ head }) => head.endsWith('200'))).toHaveLength(4);
    expect(sockets.at(-1)?.head).toBe('HTTP/1.1 503');
    for (const { socket } of sockets) socket.destroy();
    await eventually(async () => expect((await breakwater.get(`/jobs/${SOME_ID}/logs`)).status).toBe(200));
  });

  it('is read once, however many want it at once', async () => {
    await start();
    answerWith(LARGE);
    const parse = jest.spyOn(JSON, 'parse');
    const answers = await Promise.all(
      Array.from({ length: CALLERS }, async () => (await breakwater.get(`/jobs/${SOME_ID}/logs`)).status),
    );
    const read = parse.mock.calls.filter(([text]) => text.length > LARGE / 2 && text.startsWith('{"events"')).length;
    parse.mockRestore();
    expect([...new Set(answers)].toSorted()).toEqual([200, 503]);
    expect(read).toBe(semaphore.requests.length);
  });
});
