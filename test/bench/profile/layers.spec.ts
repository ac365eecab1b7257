import { describe, expect, it } from '@jest/globals';
import type { CpuProfile } from '../../../bench/profile/inspector.ts';
import { toLayers } from '../../../bench/profile/layers.ts';

/** A function of that file, '' for a native one, and whom it calls. */
interface Frame {
  name: string;
  url?: string;
  /** How long it was seen running itself; in pieces, as it is found at work again and again. */
  tookUs?: number[];
  calls?: Frame[];
}

const toProfile = (root: Frame): CpuProfile => {
  const profile: CpuProfile = { nodes: [], samples: [], timeDeltas: [] };
  const add = ({ name, url = '', tookUs = [], calls = [] }: Frame): number => {
    const id = profile.nodes.length + 1;
    const node: CpuProfile['nodes'][number] = { id, callFrame: { functionName: name, url } };
    profile.nodes.push(node);
    for (const us of tookUs) {
      profile.samples.push(id);
      profile.timeDeltas.push(us);
    }
    if (calls.length > 0) node.children = calls.map(add);
    return id;
  };
  add(root);
  return profile;
};

const axios = 'file:///app/node_modules/axios/lib/axios.js';
const cache = 'file:///app/dist/outbound/cache/keep.js';

const layersOf = (calls: Frame[], answers = 1): Record<string, number> =>
  Object.fromEntries(toLayers(toProfile({ name: '(root)', calls }), answers).map(({ name, us }) => [name, us]));

describe('the layers of a profile', () => {
  it('have what their own code took, not what it called', () => {
    const called: Frame = { name: 'keep', url: cache, tookUs: [30] };
    expect(layersOf([{ name: 'request', url: axios, tookUs: [10], calls: [called] }])).toEqual({
      axios: 10,
      'stages: cache': 30,
    });
  });

  it('give a native function to its caller, through other natives too', () => {
    const parse: Frame = { name: 'parse', tookUs: [5], calls: [{ name: 'reviver', tookUs: [2] }] };
    expect(layersOf([{ name: 'request', url: axios, tookUs: [10], calls: [parse] }])).toEqual({ axios: 17 });
  });

  it('keep apart the natives that have a layer of their own, whoever called them', () => {
    const write: Frame = { name: 'writeUtf8String', tookUs: [20] };
    const program: Frame = { name: '(program)', tookUs: [3] };
    expect(layersOf([{ name: 'request', url: axios, tookUs: [10], calls: [write] }, program])).toEqual({
      'kernel: socket writes': 20,
      axios: 10,
      'engine, libuv and kernel': 3,
    });
  });

  it('leave out waiting', () => {
    expect(
      layersOf([
        { name: '(idle)', tookUs: [1_000] },
        { name: 'request', url: axios, tookUs: [10] },
      ]),
    ).toEqual({
      axios: 10,
    });
  });

  it('sum up all moments, for one answer, the most first', () => {
    const frames: Frame[] = [
      { name: 'request', url: axios, tookUs: [100, 150] },
      { name: 'adapter', url: axios, tookUs: [50] },
      { name: 'keep', url: cache, tookUs: [400, 200] },
    ];
    expect(toLayers(toProfile({ name: '(root)', calls: frames }), 100)).toEqual([
      { name: 'stages: cache', us: 6 },
      { name: 'axios', us: 3 },
    ]);
  });

  it('call others what nobody knows', () => {
    expect(layersOf([{ name: 'main', url: 'file:///app/dist/main.js', tookUs: [7] }])).toEqual({ others: 7 });
  });
});
