import { element, setAttribute, setHidden, setText } from './element.ts';
import { showLines } from './lines.ts';
import { toWords } from './numbers.ts';
import type { ProviderCard } from './snapshot.ts';

type Servers = ProviderCard['servers'];

const isTroubled = ({ circuit, state }: Servers[number]): boolean => circuit !== 'closed' || state !== 'healthy';

/** Of a service that has several: how each does, folded away until someone asks. */
export const makeServers = (): { readonly root: HTMLElement; readonly update: (servers: Servers) => void } => {
  const [summary, list] = [element('summary'), element('ul')];
  const root = element('details', { class: 'servers' }, summary, list);
  return {
    root,
    update: (servers) => {
      setHidden(root, servers.length === 0);
      const troubled = servers.filter(isTroubled).length;
      setText(
        summary,
        `${servers.length} ${servers.length === 1 ? 'server' : 'servers'}${troubled === 0 ? '' : `, ${troubled} in trouble`}`,
      );
      setAttribute(root, 'data-trouble', troubled === 0 ? undefined : '');
      showLines(
        list,
        servers.map(({ id, state, circuit }) => `${id}: ${state}, circuit ${toWords(circuit)}`),
      );
    },
  };
};
