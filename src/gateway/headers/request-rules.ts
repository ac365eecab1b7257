import type { HeaderMap } from '../../outbound/index.ts';
import type { HeaderRules } from '../routes/route-options.ts';
import { HOP_BY_HOP } from './hop-by-hop.ts';

/** How a message is framed is nobody's to say. */
export const isFraming = (name: string): boolean => name === 'content-length' || HOP_BY_HOP.has(name);

/** Says what a route says of the headers of its requests: first what is removed, then what is set, then what is added. */
export const compileRequestRules = ({ set, add, remove }: HeaderRules): ((map: HeaderMap) => void) => {
  // Present without a value: what fills in headers that are absent leaves these alone.
  const settings: (readonly [string, string | undefined])[] = [
    ...remove.map((name) => [name, undefined] as const),
    ...Object.entries(set),
  ].filter(([name]) => !isFraming(name));
  const additions = Object.entries(add).filter(([name]) => !isFraming(name));
  return (map) => {
    for (const [name, value] of settings) map[name] = value;
    for (const [name, value] of additions) map[name] = added(name, map[name], value);
  };
};

const added = (name: string, before: string | string[] | undefined, value: string): string | string[] => {
  if (before === undefined) return value;
  // The one list that has to be in one header (RFC 6265 §5.4).
  if (name === 'cookie') return [before, value].flat().join('; ');
  return [...[before].flat(), value];
};
