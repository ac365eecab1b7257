import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** As root there is no sandbox to be had; the rest keeps it from asking anybody but the application under test. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A busy machine may take its time. */
const START_TIMEOUT_MS = 60_000;

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
const executable = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);

/**
 * `describe`, for tests that need a real browser: without one they are skipped and say what to do, but under CI they
 * fail.
 */
export const describeWithChromium = (name: string, tests: () => void): void => {
  if (executable !== undefined) return describe(name, tests);
  const remedy = 'needs Chromium: apt-get install chromium';
  if (process.env['CI'] !== 'true') return describe.skip(`${name} (${remedy})`, tests);
  describe(name, () => {
    it(remedy, () => {
      throw new Error(`${name}: ${remedy}`);
    });
  });
};

/** Starts one without a window, with a profile of its own; close it when done. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: executable!, args: FLAGS, chromiumSandbox: false, timeout: START_TIMEOUT_MS });
