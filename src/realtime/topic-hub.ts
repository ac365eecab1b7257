import type { Log } from '../platform/logging/log.ts';
import { Channel } from './channel.ts';
import { EventHub, type HubEvent, type Listening, type NewEvent, type Topic } from './event-hub.ts';
import type { EventLog } from './event-log.ts';
import { runListener } from './run-listener.ts';
import { Topics } from './topics.ts';
import { toSoundEvent, type SoundEvent } from './to-sound-event.ts';

/** What all hubs do alike: who has declared what, who wants it, and what can be told at all. */
export abstract class TopicHub extends EventHub {
  protected readonly topics = new Topics((topic) => new Channel(topic, this.createLog(), this.log));
  readonly #published: ((event: HubEvent) => void)[] = [];

  constructor(protected readonly log: Log) {
    super();
  }

  declare(topic: Topic): void {
    this.topics.declare(topic);
  }

  find(topic: string): Topic | undefined {
    return this.topics.find(topic);
  }

  all(): readonly Topic[] {
    return this.topics.all();
  }

  async publish(topic: string, event: NewEvent): Promise<void> {
    const declared = this.topics.find(topic);
    const sound = declared ? toSoundEvent(declared, event) : { refusal: 'nobody has declared its topic' };
    if ('refusal' in sound) this.log.error({ topic, reason: sound.refusal }, 'An event cannot be told, by our mistake');
    else await this.send(this.topics.get(topic), sound);
  }

  listen(topic: string, listening: Listening): () => void {
    const channel = this.topics.get(topic);
    // One without an owner would hear of those who have none either, whatever that is.
    if (channel.topic.isOwned && !listening.owner) throw new Error(`Who listens to "${topic}" has to have an owner`);
    const endDemand = channel.demand.begin();
    const leave = this.enter(channel, listening);
    return () => {
      leave();
      endDemand();
    };
  }

  want(topic: string): () => void {
    return this.topics.get(topic).demand.begin();
  }

  onDemand(topic: string, listener: (isWanted: boolean) => void): void {
    this.topics.get(topic).demand.onChange(listener);
  }

  onPublished(listener: (event: HubEvent) => void): void {
    this.#published.push(listener);
  }

  /** Tells those who hear of everything; what they make of it is their affair. */
  protected tellPublished(event: HubEvent): void {
    for (const listener of this.#published) runListener(this.log, event.topic, () => listener(event));
  }

  protected abstract createLog(): EventLog;

  /** Puts an event into the log of its topic. Never rejects. */
  protected abstract send(channel: Channel, event: SoundEvent): Promise<void>;

  /** Lets somebody listen as soon as possible. Returns what ends it. */
  protected abstract enter(channel: Channel, listening: Listening): () => void;
}
