import type { Resolver } from '../../outbound/index.ts';
import type { Cancel, Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/logging/log.ts';
import type { DnsOptions } from '../routes/target-options.ts';
import { Discovery, type Found } from './discovery.ts';
import { FoundServers } from './found-servers.ts';
import { NameServers } from './name-servers.ts';
import { nextPause } from './next-pause.ts';
import type { Ask, Round } from './round.ts';
import { TroubleLog } from './trouble-log.ts';

export interface PollingParts {
  readonly ask: Ask;
  /** What is asked about, for the log. */
  readonly name: string;
  readonly dns: DnsOptions;
  readonly clock: Clock;
  readonly log: Log;
  /** Where names lead by the operating system. */
  readonly resolver: Resolver;
}

/** Whoever opens it waits no longer, in ms; it goes on asking. */
const OPEN_WITHIN_MS = 5_000;

const TROUBLE = {
  begins: 'Name servers do not say where the servers of an upstream are; those known before stay for now',
  ends: 'Name servers say again where the servers of an upstream are',
};
const EMPTY = {
  begins: 'Name servers lead to no server of an upstream: calls to it fail',
  ends: 'Name servers lead to servers of an upstream again',
};
const LEFT_OUT = {
  begins: 'Addresses that name servers give are left out',
  ends: 'All addresses that name servers give are used again',
};

/** Asks name servers again and again, never twice at once. */
export class PolledDiscovery extends Discovery {
  readonly #trouble: TroubleLog;
  readonly #empty: TroubleLog;
  readonly #leftOut: TroubleLog;
  #servers: FoundServers | undefined;
  #dns: NameServers | undefined;
  #cancelNext: Cancel = () => undefined;
  #endOpening: () => void = () => undefined;
  #timesTroubled = 0;

  constructor(private readonly parts: PollingParts) {
    super();
    const fields = { discovery: parts.name };
    this.#trouble = new TroubleLog(parts.log, fields, TROUBLE);
    this.#empty = new TroubleLog(parts.log, fields, EMPTY);
    this.#leftOut = new TroubleLog(parts.log, fields, LEFT_OUT);
  }

  open(found: Found): Promise<void> {
    const servers = new FoundServers(found);
    this.#servers = servers;
    return new Promise((resolve) => {
      const cancel = this.parts.clock.schedule(resolve, OPEN_WITHIN_MS);
      this.#endOpening = () => {
        cancel();
        resolve();
      };
      void this.poll(servers);
    });
  }

  close(): void {
    this.#servers = undefined;
    this.#cancelNext();
    this.#dns?.cancel();
    this.#endOpening();
  }

  private async poll(servers: FoundServers): Promise<void> {
    const round = await this.askOnce();
    // Answers after the end are nobody's.
    if (this.#servers !== servers) return;
    this.#timesTroubled = round.trouble === undefined ? 0 : this.#timesTroubled + 1;
    const pauseMs = nextPause(round.ttlMs, this.parts.dns.refreshMs, this.#timesTroubled);
    this.#cancelNext = this.parts.clock.schedule(() => void this.poll(servers), pauseMs);
    if (round.endpoints !== undefined) servers.tell(round.endpoints);
    this.log(round, servers.count);
    this.#endOpening();
  }

  private log({ trouble, leftOut }: Partial<Round>, count: number): void {
    this.#trouble.tell(trouble);
    this.#leftOut.tell(leftOut);
    this.#empty.tell(count > 0 ? undefined : (trouble ?? leftOut ?? 'name servers know of none'));
  }

  private async askOnce(): Promise<Partial<Round>> {
    try {
      this.#dns = new NameServers(this.parts.dns.servers, this.parts.resolver);
      return await this.parts.ask(this.#dns);
    } catch (error) {
      return { trouble: (error as Error).message };
    }
  }
}
