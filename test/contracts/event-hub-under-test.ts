import type { EventHub, HubEvent, Listening, Topic } from '../../src/realtime/event-hub.ts';

/** Two instances that share what they tell, or twice the same one. */
export interface HubsUnderTest {
  readonly one: EventHub;
  readonly other: EventHub;
  /** Everything logged so far, as written. */
  readonly logLines: readonly string[];
  close(): Promise<void>;
}

export const OPEN: Topic = { name: 'open', description: 'For everybody', access: 'public' };
export const OWNED: Topic = { name: 'owned', description: 'To each its own', access: ['own:read'], isOwned: true };

/** Writes down what it hears: data of events, `reset`, and in `stands` where it begins. */
export class Ear implements Listening {
  readonly heard: unknown[] = [];
  readonly events: HubEvent[] = [];
  readonly stands: string[] = [];
  readonly after: string | undefined;
  readonly owner?: string;

  constructor({ after, owner }: { readonly after?: string | undefined; readonly owner?: string } = {}) {
    this.after = after;
    if (owner !== undefined) this.owner = owner;
  }

  hear(event: HubEvent): void {
    this.heard.push(event.data);
    this.events.push(event);
  }

  reset(): void {
    this.heard.push('reset');
  }

  stand(id: string): void {
    this.stands.push(id);
  }

  /** To be given as `after` by one who comes back. */
  get last(): string | undefined {
    return this.events.at(-1)?.id ?? this.stands.at(-1);
  }
}
