import { randomBytes } from 'node:crypto';
import type { Channel } from './channel.ts';
import type { Listening } from './event-hub.ts';
import { EventLog } from './event-log.ts';
import { toHubEvent } from './to-hub-event.ts';
import { TopicHub } from './topic-hub.ts';
import type { SoundEvent } from './to-sound-event.ts';

/** For one instance on its own: what happened is forgotten when it ends. */
export class MemoryHub extends TopicHub {
  /** Ids of another run of this process, or of another process, are none of this one. */
  readonly #run = randomBytes(6).toString('hex');
  #count = 0;

  protected createLog(): EventLog {
    return new EventLog(this.toId(0));
  }

  protected send(channel: Channel, sound: SoundEvent): Promise<void> {
    this.#count += 1;
    const event = toHubEvent(channel.topic.name, this.toId(this.#count), sound);
    channel.tell(event);
    this.tellPublished(event);
    return Promise.resolve();
  }

  protected enter(channel: Channel, listening: Listening): () => void {
    return channel.join(listening);
  }

  private toId(count: number): string {
    return `${this.#run}-${count}`;
  }
}
