import { toStoredName } from './stored-name.ts';

const PREFIX = 'breakwater:records:';

/** Where the parts of a collection are in Redis, and of one document of it. */
export interface RecordKeys {
  /** The document's own. */
  readonly doc: string;
  /** Those of all documents, without their ids. */
  readonly docs: string;
  readonly expiries: string;
  readonly toList: (list: string) => string;
  /** What a document is and where: its id and the keys of its lists. */
  readonly mark: (lists: readonly string[]) => string;
}

export const toRecordKeys = (collection: string, id: string = ''): RecordKeys => {
  // A colon in its name is none that separates.
  const own = `${PREFIX}${toStoredName(collection).replaceAll(':', String.raw`\c`)}`;
  const docs = `${own}:doc:`;
  const toList = (list: string): string => `${own}:list:${toStoredName(list)}`;
  return {
    doc: `${docs}${toStoredName(id)}`,
    docs,
    expiries: `${own}:expiries`,
    toList,
    // Each list once, and always in the same order: what is the same reads the same.
    mark: (lists) => JSON.stringify([toStoredName(id), ...new Set(lists.map(toList).sort())]),
  };
};
