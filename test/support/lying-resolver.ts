import type { LookupAllOptions } from 'node:dns';
import { isIP } from 'node:net';
import { Resolver, type Resolved } from '../../src/outbound/egress/resolver.ts';

/** Says of every name what it is told to say; no addresses: there is no such name. */
export class LyingResolver extends Resolver {
  /** Names it was asked for, oldest first. */
  readonly asked: string[] = [];

  /** `say` gets how often it was asked before. */
  constructor(private readonly say: (timesAsked: number) => readonly string[]) {
    super();
  }

  lookup(hostname: string, _options: LookupAllOptions, resolved: Resolved): void {
    const addresses = this.say(this.asked.length);
    this.asked.push(hostname);
    const notFound = Object.assign(new Error('There is no such name'), { code: 'ENOTFOUND' });
    const found = addresses.map((address) => ({ address, family: isIP(address) }));
    setImmediate(() => resolved(found.length > 0 ? null : notFound, found));
  }
}
