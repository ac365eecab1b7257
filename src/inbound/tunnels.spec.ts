import { expect, it } from '@jest/globals';
import { settled } from '../../test/support/fake-clock.ts';
import { Tunnels } from './tunnels.ts';

it('tunnels are told to end once: those there are, those that come later, none that has ended', async () => {
  const tunnels = new Tunnels();
  const told: string[] = [];
  const tell = (name: string) => () => void told.push(name);
  const ended = tell('ended');
  tunnels.add(ended);
  tunnels.add(tell('there'));
  tunnels.remove(ended);
  tunnels.endAll();
  tunnels.add(tell('later'));
  await settled();
  expect(told).toEqual(['there', 'later']);
});
