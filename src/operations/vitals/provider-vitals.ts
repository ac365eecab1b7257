import { Injectable } from '@nestjs/common';
import { CallReceipts, ProviderRegistry } from '../../outbound/index.ts';
import { Clock } from '../../platform/clock.ts';
import type { Vitals, VitalsPoint } from './vitals.ts';
import { WatchedProvider } from './watched-provider.ts';

/**
 * How each external service does, as this process sees it, from the receipts of its calls. Nothing runs for it: it is
 * worked out when somebody asks.
 */
@Injectable()
export class ProviderVitals {
  /** As many as there are providers. */
  readonly #watched = new Map<string, WatchedProvider>();
  readonly #beganAt: number;

  constructor(
    private readonly receipts: CallReceipts,
    private readonly providers: ProviderRegistry,
    private readonly clock: Clock,
  ) {
    this.#beganAt = clock.now();
    receipts.listen((receipt) => this.watch(receipt.provider).note(receipt));
  }

  /** @throws TypeError naming what there is, when there is none of that name */
  of(name: string): Vitals {
    const provider = this.providers.get(name);
    return this.watch(name).read(provider);
  }

  /** Of the last 5 minutes, a point each 5 s, the oldest first; 60 of them. @throws TypeError as `of` */
  history(name: string): readonly VitalsPoint[] {
    this.providers.get(name);
    return this.watch(name).history();
  }

  private watch(name: string): WatchedProvider {
    const known = this.#watched.get(name);
    if (known) return known;
    const { receipts, clock } = this;
    const parts = { receipts, beganAt: this.#beganAt, find: () => this.providers.find(name) };
    const made = new WatchedProvider(clock, parts);
    this.forgetAbsent();
    this.#watched.set(name, made);
    return made;
  }

  /** The gateway's upstreams come and go with its routes. */
  private forgetAbsent(): void {
    const names = new Set(this.providers.all().map((provider) => provider.name));
    for (const name of this.#watched.keys()) if (!names.has(name)) this.#watched.delete(name);
  }
}
