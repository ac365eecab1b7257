/** Made at the first use. Times are ms since 1970; names are compared byte by byte, as Redis does. */
export const SCHEMA = `
CREATE SCHEMA IF NOT EXISTS breakwater;
CREATE TABLE IF NOT EXISTS breakwater.records (
  collection text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint,
  lists text[] NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (collection, id)
);
CREATE INDEX IF NOT EXISTS records_expiry ON breakwater.records (expires_at) WHERE expires_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS breakwater.record_lists (
  collection text COLLATE "C" NOT NULL,
  list text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  id text COLLATE "C" NOT NULL,
  PRIMARY KEY (collection, list, created_at, id)
);
`;

// What a statement before it changed is in no list any more but those that it is in now.
const MOVE = `
, unlisted AS (
  DELETE FROM breakwater.record_lists l USING changed c
  WHERE l.collection = c.collection AND l.list = ANY (c.old_lists) AND l.created_at = c.old_created_at AND l.id = c.id
    AND NOT (l.list = ANY (c.lists) AND l.created_at = c.created_at)
)
, listed AS (
  INSERT INTO breakwater.record_lists (collection, list, created_at, id)
  SELECT c.collection, list, c.created_at, c.id FROM changed c, unnest(c.lists) AS list
  ON CONFLICT DO NOTHING
)
SELECT count(*)::int AS changed FROM changed`;

const CHANGED = `RETURNING new.collection, new.id, new.created_at, new.lists, old.created_at AS old_created_at, old.lists AS old_lists`;

/** Collection, id, now, expiry, lists, value. One that has run out makes room. */
export const INSERT = `
WITH changed AS (
  INSERT INTO breakwater.records AS r (collection, id, version, created_at, expires_at, lists, value)
  VALUES ($1, $2, 1, $3, $4, $5, $6)
  ON CONFLICT (collection, id) DO UPDATE
  SET (version, created_at, expires_at, lists, value) = (1, $3, $4, $5, $6)
  WHERE r.expires_at <= $3
  ${CHANGED}
)${MOVE}`;

/** Collection, id, now, version, value, lists or null, whether the expiry changes, expiry. */
export const REPLACE = `
WITH changed AS (
  UPDATE breakwater.records
  SET version = version + 1, value = $5, lists = COALESCE($6, lists),
    expires_at = CASE WHEN $7::boolean THEN $8::bigint ELSE expires_at END
  WHERE collection = $1 AND id = $2 AND version = $4 AND (expires_at IS NULL OR expires_at > $3)
  ${CHANGED}
)${MOVE}`;

const UNLIST = `
, unlisted AS (
  DELETE FROM breakwater.record_lists l USING gone g
  WHERE l.collection = g.collection AND l.list = ANY (g.lists) AND l.created_at = g.created_at AND l.id = g.id
)`;

/** Collection, id, now. */
export const DELETE = `
WITH gone AS (DELETE FROM breakwater.records WHERE collection = $1 AND id = $2 RETURNING *)${UNLIST}
SELECT count(*)::int AS changed FROM gone WHERE expires_at IS NULL OR expires_at > $3`;

/** Now, how many at most. */
export const SWEEP = `
WITH due AS (SELECT collection, id FROM breakwater.records WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)
, gone AS (
  DELETE FROM breakwater.records r USING due d WHERE r.collection = d.collection AND r.id = d.id RETURNING r.*
)${UNLIST}
SELECT count(*)::int AS changed FROM gone`;

/** Collection, id, now. */
export const GET = `
SELECT id, version, created_at, value FROM breakwater.records
WHERE collection = $1 AND id = $2 AND (expires_at IS NULL OR expires_at > $3)`;

/** Collection, list, now, how many, creation and id of the position or nulls. */
export const LIST = `
SELECT r.id, r.version, r.created_at, r.value
FROM breakwater.record_lists l JOIN breakwater.records r ON r.collection = l.collection AND r.id = l.id
WHERE l.collection = $1 AND l.list = $2 AND (r.expires_at IS NULL OR r.expires_at > $3)
  AND ($5::bigint IS NULL OR (l.created_at, l.id) < ($5::bigint, $6::text))
ORDER BY l.created_at DESC, l.id DESC
LIMIT $4`;

/** Collection, list. */
export const COUNT = `SELECT count(*)::int AS count FROM breakwater.record_lists WHERE collection = $1 AND list = $2`;

/** Collection, list, now, how many. */
export const OLDEST = `
SELECT r.id, r.version, r.created_at, r.value
FROM breakwater.record_lists l JOIN breakwater.records r ON r.collection = l.collection AND r.id = l.id
WHERE l.collection = $1 AND l.list = $2 AND (r.expires_at IS NULL OR r.expires_at > $3)
ORDER BY l.created_at, l.id
LIMIT $4`;
