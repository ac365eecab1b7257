import type { Candidates } from './candidates.ts';
import type { Method } from './method.ts';
import type { ServerState } from './server-state.ts';

/** Of two different servers drawn at random, by their shares, the one with fewer requests under way for its share. */
export const powerOfTwo = (random: () => number): Method => ({
  choose: (candidates) => {
    const { servers } = candidates;
    if (servers.length === 1) return servers[0]!;
    const first = drawFirst(candidates, random());
    const second = drawSecond(candidates, first, random());
    return isLessLoaded(servers[second]!, servers[first]!) ? servers[second]! : servers[first]!;
  },
});

/**
 * Less loaded as they are, and still not more so if each had this request. Without the second, a server with a small share
 * would be taken whenever it is idle; without the first, one with a large share would, and the others never.
 */
const isLessLoaded = (one: ServerState, other: ServerState): boolean =>
  one.outstanding * other.share < other.outstanding * one.share &&
  (one.outstanding + 1) * other.share <= (other.outstanding + 1) * one.share;

const drawFirst = ({ servers, isEven, total }: Candidates, random: number): number =>
  isEven ? Math.floor(random * servers.length) : draw(servers, random * total, -1);

const drawSecond = ({ servers, isEven, total }: Candidates, first: number, random: number): number => {
  if (!isEven) return draw(servers, random * (total - servers[first]!.share), first);
  const second = Math.floor(random * (servers.length - 1));
  return second < first ? second : second + 1;
};

/** Which of the servers, laid end to end as long as their shares, `point` lies in; `except` is not there. */
const draw = (servers: readonly ServerState[], point: number, except: number): number => {
  let drawn = -1;
  for (let index = 0; index < servers.length; index += 1) {
    if (index === except) continue;
    drawn = index;
    point -= servers[index]!.share;
    if (point < 0) break;
  }
  return drawn;
};
