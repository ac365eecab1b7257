import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { bearerOf, PAGE, startDiary, type DiaryScene, type Reader } from './diary-scene.ts';
import { readAll, readInTurn } from './expect-own.ts';

let scene: DiaryScene;
let clients: Reader[];
let users: Reader[];
beforeEach(async () => {
  scene = await startDiary();
  clients = [await scene.asClient('robot'), await scene.asClient('breakwater')];
  users = [await scene.asUser(scene.authorization.user), await scene.asUser(scene.authorization.otherUser)];
});
afterEach(() => scene.close());

const everybody = (): Reader[] => [...clients, ...users];

const SHARED = ['public, max-age=60', 's-maxage=60', 'max-age=60, must-revalidate'];
const OWN = ['max-age=60', 'private, max-age=60', 'no-store', 'no-cache', ''];
const VARY: Readonly<Record<string, string>>[] = [{}, { vary: 'Authorization' }, { vary: '*' }];
const ALL = [...SHARED, ...OWN].flatMap((said) => VARY.map((headers) => [said, headers] as const));

describe('callers of one and the same page', () => {
  it.each(ALL)('see their own, one after another and at once: %s %j', async (said, headers) => {
    scene.say(said, { headers });
    const twice = [...everybody(), ...everybody().reverse()];
    await readInTurn(twice);
    await readAll([...twice, ...twice, ...twice]);
    await readAll(twice, `${PAGE}/by-axios`);
    await readInTurn(everybody());
  });

  it.each(SHARED)('are served what is kept for each of them: %s', async (said) => {
    scene.say(said);
    await readInTurn(everybody());
    for (const { headers } of await readInTurn(everybody())) expect(headers.get('cache-status')).toMatch(/^diary; hit/);
    expect(scene.upstream.seen).toHaveLength(everybody().length);
  });

  it.each(SHARED)('share nothing that is still under way: %s', async (said) => {
    const gate = Promise.withResolvers<void>();
    scene.say(said, { after: () => gate.promise });
    const reading = readAll(Array.from({ length: 10 }, everybody).flat());
    await eventually(() => expect(new Set(scene.upstream.tokens.map(bearerOf)).size).toBe(everybody().length));
    gate.resolve();
    await reading;
    // Ten of each wait for one.
    expect(scene.upstream.seen).toHaveLength(everybody().length);
  });
});
