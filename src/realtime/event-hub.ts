/** What happened. */
export interface NewEvent {
  /** Such as `pipeline.changed`: letters, digits, dots, underscores. */
  readonly type: string;
  /** Plain JSON, 32 KiB at most. */
  readonly data: unknown;
  /** Only listeners with the same one hear of it (`toOwnerKey`). Default: all. */
  readonly owner?: string;
}

export interface HubEvent extends NewEvent {
  /** In order of what happened, on its topic; the same in all instances. */
  readonly id: string;
  readonly topic: string;
  /** As it goes over the wire: `id:`, `event:` and `data:` lines and the blank one, made once for all who listen. */
  readonly frame: Buffer;
}

/** Something that can be listened to. */
export interface Topic {
  /** Lower-case letters. */
  readonly name: string;
  readonly description: string;
  /** What a listener needs all of; `public`: no token is asked for. */
  readonly access: readonly string[] | 'public';
  /** Events have an owner, and who listens hears of their own only. Default false. */
  readonly isOwned?: boolean;
}

export interface Listening {
  /** The last event heard of before. Absent: only what happens from now on. */
  readonly after?: string | undefined;
  /** Whose events of an owned topic. */
  readonly owner?: string;
  /** Called in order, each event once; first those after `after`. Must not throw or wait. */
  hear(event: HubEvent): void;
  /** What was after `after` is not known any more, in whole or in part: whoever listens has to start anew. */
  reset(): void;
  /**
   * Where the log stands when listening begins, or begins anew after `reset`: what is heard from now on is after this id.
   * To be given as `after` by one who has heard nothing yet when it has to come back.
   */
  stand?(id: string): void;
}

/** Brings what happens to all who listen, in all instances; keeps the last of it for those who were away for a moment. */
export abstract class EventHub {
  /** @throws Error when there is one of that name */
  abstract declare(topic: Topic): void;

  abstract find(topic: string): Topic | undefined;

  abstract all(): readonly Topic[];

  /** Never throws for want of a store: an event that cannot be told is logged and dropped. */
  abstract publish(topic: string, event: NewEvent): Promise<void>;

  /** Returns what ends it. `reset` and what was missed are told before anything new. */
  abstract listen(topic: string, listening: Listening): () => void;

  /** Somebody wants the topic's events who does not listen here, such as a webhook. Returns what ends that. */
  abstract want(topic: string): () => void;

  /** Told at once and whenever the first one listens or wants (`true`) or the last one has gone (`false`), in this process. */
  abstract onDemand(topic: string, listener: (isWanted: boolean) => void): void;

  /** Hears of every event that this process publishes, once it is in the log: over all processes, each once. */
  abstract onPublished(listener: (event: HubEvent) => void): void;
}
