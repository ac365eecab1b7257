import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { isIP } from 'node:net';

export type Resolved = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;

/** Finds the addresses of a name, each time a connection is made. Inject this; `SystemResolver` is what runs in production. */
export abstract class Resolver {
  abstract lookup(hostname: string, options: LookupAllOptions, resolved: Resolved): void;
}

/** As the operating system does it, its hosts file included. */
export class SystemResolver extends Resolver {
  lookup(hostname: string, options: LookupAllOptions, resolved: Resolved): void {
    lookup(hostname, options, resolved);
  }
}

/** Knows one address, whatever it is asked: it was found and checked before. */
export class FixedResolver extends Resolver {
  readonly #addresses: LookupAddress[];

  constructor(address: string) {
    super();
    this.#addresses = [{ address, family: isIP(address) }];
  }

  lookup(_hostname: string, _options: LookupAllOptions, resolved: Resolved): void {
    queueMicrotask(() => resolved(null, this.#addresses));
  }
}
