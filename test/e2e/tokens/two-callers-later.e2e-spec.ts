import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { bearerOf, editionOf, startDiary, type DiaryScene, type Reader } from './diary-scene.ts';
import { expectOwn, readAll, readInTurn } from './expect-own.ts';

const TOKEN_LIFE_MS = 600_000;

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

describe('what has become stale', () => {
  it('is renewed for each of them, with their own token and tag', async () => {
    scene.say('public, max-age=1');
    await readInTurn(everybody());
    await scene.clock.advance(2_000);
    await readAll(everybody());
    const renewals = scene.upstream.seen.filter(({ headers }) => headers['if-none-match'] !== undefined);
    expect(renewals).toHaveLength(everybody().length);
    for (const { headers } of renewals) expect(headers['if-none-match']).toBe(`"${bearerOf(headers.authorization)}"`);
  });

  it('is served to each of them alone while it is fetched anew in the background', async () => {
    scene.say('public, max-age=1, stale-while-revalidate=60', { headers: { etag: '"same for all"' } });
    const first = (await readInTurn(everybody())).map(editionOf);
    await scene.clock.advance(2_000);
    expect((await readInTurn(everybody())).map(editionOf)).toEqual(first);
    await eventually(() => expect(scene.upstream.seen).toHaveLength(2 * everybody().length));
    await eventually(async () => {
      const later = (await readInTurn(everybody())).map(editionOf);
      expect(later.filter((edition) => first.includes(edition))).toEqual([]);
    });
    const askers = scene.upstream.tokens.map(bearerOf).toSorted();
    expect(askers).toEqual([...everybody(), ...everybody()].map(({ name }) => name).toSorted());
  });

  it('is served to each of them alone when the upstream fails', async () => {
    scene.say('public, max-age=1, stale-if-error=60');
    const first = (await readInTurn(everybody())).map(editionOf);
    await scene.clock.advance(2_000);
    scene.upstream.answer(() => ({ status: 500, body: '{}' }));
    expect((await readInTurn(everybody())).map(editionOf)).toEqual(first);
    expect(scene.upstream.seen).toHaveLength(2 * everybody().length);
  });
});

describe('a tag', () => {
  it('of one caller tells another nothing, and its owner that nothing has changed', async () => {
    scene.say('public, max-age=60');
    const tags = (await readInTurn(everybody())).map(({ headers }) => headers.get('etag')!);
    expect(new Set(tags).size).toBe(tags.length);
    for (const [index, reader] of everybody().entries()) {
      const known = tags[index]!;
      expect((await reader.read({ 'if-none-match': known })).status).toBe(304);
      const others = tags.filter((tag) => tag !== known).join(', ');
      expectOwn(await reader.read({ 'if-none-match': others }), reader);
    }
  });
});

describe('a caller with another token', () => {
  it('sees what was kept for them, and nobody else does', async () => {
    scene.say('public, max-age=60');
    const [robot, other] = await readInTurn(clients);
    const again = await scene.asClient('robot');
    expect(editionOf((await readInTurn([again]))[0]!)).toBe(editionOf(robot!));
    expect(editionOf(other!)).not.toBe(editionOf(robot!));
  });

  it('that allows less sees nothing of what the wider one was shown', async () => {
    scene.say('public, max-age=60');
    const [wide] = await readInTurn(clients);
    const [narrow] = await readInTurn([await scene.asClient('robot', '')]);
    expect(editionOf(narrow!)).not.toBe(editionOf(wide!));
  });

  it('that came of a renewal sees their own', async () => {
    scene.say('public, max-age=3600');
    const first = await readInTurn(users);
    await scene.clock.advance(TOKEN_LIFE_MS);
    const later = await readInTurn([...users, ...users.toReversed()]);
    expect(later.slice(0, 2).map(editionOf)).toEqual(first.map(editionOf));
    expect(scene.authorization.requests.filter(({ grantType }) => grantType === 'refresh_token')).toHaveLength(2);
  });
});
