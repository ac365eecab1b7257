import type { CallOwner } from '../outbound/index.ts';
import { toOwnerKey } from '../platform/context/owner-key.ts';
import { isFinished, type CallRecord, type CallState } from './call-record.ts';

/** Those that a worker still has something to do with. */
export const UNFINISHED = 'unfinished';

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
export const toLists = (call: Pick<CallRecord, 'state' | 'owner' | 'room'>): string[] => {
  const { state, owner, room } = call;
  return [
    toListName({}),
    toListName({ state }),
    ...(owner ? [toListName({ owner }), toListName({ owner, state })] : []),
    ...(isFinished(call) ? [] : [UNFINISHED, ...(room === undefined ? [] : [toRoomName(room)])]),
  ];
};
