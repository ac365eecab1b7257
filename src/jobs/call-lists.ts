import type { CallOwner } from '../outbound/index.ts';
import { toOwnerKey } from '../platform/context/owner-key.ts';
import { isFinished, type CallRecord, type CallState } from './call-record.ts';

/** Those that a worker still has something to do with. */
export const UNFINISHED = 'unfinished';

/** Those that wait for a worker and for nothing else: no attempt is put off. */
export const READY = 'ready';

/** The list that holds those of one owner, or of all; in one state, or in any. */
export const toListName = ({
  owner,
  state,
}: {
  readonly owner?: CallOwner | undefined;
  readonly state?: CallState | undefined;
}): string => {
  if (owner === undefined) return state === undefined ? 'all' : `state:${state}`;
  const key = `owner:${toOwnerKey(owner)}`;
  return state === undefined ? key : `${key}:${state}`;
};

/** The list of the unfinished ones of a room. */
export const toRoomName = (room: string): string => `room:${room}`;

/** All lists that a call is in. */
export const toLists = (call: Pick<CallRecord, 'state' | 'owner' | 'room' | 'nextAttemptAt'>): string[] => {
  const { state, owner, room, nextAttemptAt } = call;
  return [
    toListName({}),
    toListName({ state }),
    ...(owner ? [toListName({ owner }), toListName({ owner, state })] : []),
    ...(state === 'queued' && nextAttemptAt === null ? [READY] : []),
    ...(isFinished(call) ? [] : [UNFINISHED, ...(room === undefined ? [] : [toRoomName(room)])]),
  ];
};
