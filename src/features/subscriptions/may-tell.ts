import type { HubEvent } from '../../realtime/event-hub.ts';
import { DELIVER } from './delivery.dto.ts';

/** Somebody who has subscribed to the topic of an event. */
interface Candidate {
  readonly ownerKey: string;
  /** The topic's events are each for one owner. */
  readonly isOwned: boolean;
}

/** Whether a subscriber is told of an event: of what has an owner only the same one, and of deliveries nobody. */
export const mayTell = ({ owner, data }: HubEvent, { ownerKey, isOwned }: Candidate): boolean =>
  (owner === undefined ? !isOwned : owner === ownerKey) && !isAboutDelivery(data);

/** Each would be followed by another one, about itself. */
const isAboutDelivery = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && (data as { operation?: unknown }).operation === DELIVER;
