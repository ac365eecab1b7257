import { gatewayError, type Answer } from './answer.ts';
import type { Job } from './world.ts';

const DEFAULT_SIZE = 30;
const LARGEST = 30;

export interface CursorPage {
  readonly jobs: readonly Job[];
  /** Empty at the end. */
  readonly nextPageToken: string;
}

/** The jobs behind a token, at most `page_size` (30, and no more than 30), or what is wrong with the question. */
export const cutPage = (jobs: readonly Job[], query: URLSearchParams): CursorPage | Answer => {
  const asked = query.get('page_size') ?? '0';
  if (!/^-?\d+$/.test(asked)) {
    const reason = `strconv.ParseInt: parsing "${asked}": invalid syntax`;
    return gatewayError(400, 3, `type mismatch, parameter: page_size, error: ${reason}`);
  }
  const size = Number(asked);
  if (size > LARGEST) return gatewayError(400, 3, `Page size can't exceed ${LARGEST}`);
  return pageAfter(jobs, query.get('page_token') ?? '', size > 0 ? size : DEFAULT_SIZE);
};

const pageAfter = (jobs: readonly Job[], token: string, size: number): CursorPage | Answer => {
  const after = token === '' ? undefined : readToken(token);
  if (after === null) return gatewayError(500, 2, 'unknown error');
  const rest = after === undefined ? jobs : jobs.filter((job) => isBehind(job, after));
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return { jobs: page, nextPageToken: last === undefined || rest.length <= size ? '' : writeToken(last) };
};

type Place = Pick<Job, 'created' | 'id'>;

/** Newest first, and by id where two are of the same time. */
export const byPlace = (one: Place, other: Place): number =>
  other.created - one.created || (one.id < other.id ? 1 : -1);

const isBehind = (job: Place, after: Place): boolean => job.id !== after.id && byPlace(after, job) < 0;

/** Base64 for URLs, with its padding, which has to be escaped. */
const writeToken = ({ created, id }: Place): string => {
  const token = Buffer.from(JSON.stringify([created, id])).toString('base64url');
  return token.padEnd(Math.ceil(token.length / 4) * 4, '=');
};

const readToken = (token: string): Place | null => {
  try {
    const [created, id] = JSON.parse(Buffer.from(token, 'base64url').toString()) as [number, string];
    return { created, id };
  } catch {
    return null;
  }
};
