import { get, type IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import type { CmsStandIn } from '../upstreams/cms/cms-handles.ts';
import { startCms } from '../upstreams/cms.stand-in.ts';
import { startMeasuredProcess, type MeasuredProcess } from './articles-export-process.ts';

const ARTICLES = 200_000;
const PAGES = 2_000;
const READERS = 8;
const MAX_GROWTH_BYTES = 80_000_000;
const TIMEOUT_MS = 120_000;

/** How long nothing has to happen for it to be rest. */
const RESTED_LOOKS = 100;

let cms: CmsStandIn;
let breakwater: MeasuredProcess;
let idleBytes: number;

beforeAll(async () => {
  cms = await startCms({ generated: ARTICLES });
});
afterAll(() => cms.close());
beforeEach(async () => {
  breakwater = await startMeasuredProcess({ CMS_URL: cms.contractUrl, LOG_LEVEL: 'warn' });
  idleBytes = breakwater.residentBytes();
  breakwater.forgetPeak();
}, TIMEOUT_MS);
afterEach(() => breakwater.stop());

const open = (): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(`${breakwater.url}/api/v1/articles/export`, { agent: false }, resolve).once('error', reject);
  });

const countLines = async (response: IncomingMessage): Promise<number> => {
  let lines = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  }
  return lines;
};

const growth = (): number => breakwater.peakBytes() - idleBytes;

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

describeOnLinux(`an export of ${ARTICLES} articles`, () => {
  it(
    'takes less than 80 MB more than an idle process',
    async () => {
      const before = cms.requestCount;
      const response = await open();
      expect(await countLines(response)).toBe(ARTICLES);
      expect(response.complete).toBe(true);
      expect(cms.requestCount - before).toBe(PAGES);
      expect(growth()).toBeLessThan(MAX_GROWTH_BYTES);
    },
    TIMEOUT_MS,
  );

  it(
    `stops with its reader: ${READERS} who stop reading take no more, for as long as they like`,
    async () => {
      const before = cms.requestCount;
      const responses = await Promise.all(Array.from({ length: READERS }, open));
      let [asked, looks] = [0, 0];
      await eventually(() => {
        looks = cms.requestCount === asked ? looks + 1 : 0;
        asked = cms.requestCount;
        expect(looks).toBeGreaterThan(RESTED_LOOKS);
      }, TIMEOUT_MS / 2);
      expect(asked - before).toBeLessThan((READERS * PAGES) / 4);
      expect(growth()).toBeLessThan(MAX_GROWTH_BYTES);
      expect(await countLines(responses[0]!)).toBe(ARTICLES);
      responses.forEach((response) => response.destroy());
    },
    TIMEOUT_MS,
  );
});
