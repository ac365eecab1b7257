import { Discovery, type Found } from './discovery.ts';
import { FoundServers } from './found-servers.ts';

export interface ListedServer {
  /** An origin. */
  readonly url: string;
  readonly weight: number;
}

/** Servers that do not change. Names are looked up when connections to them are made. */
export class StaticList extends Discovery {
  constructor(private readonly listed: readonly ListedServer[]) {
    super();
  }

  open(found: Found): Promise<void> {
    const endpoints = this.listed.map(({ url, weight }) => {
      const { origin } = new URL(url);
      return { id: origin, origin, weight, priority: 0 };
    });
    new FoundServers(found).tell(endpoints);
    return Promise.resolve();
  }

  close(): void {
    // It holds nothing.
  }
}
