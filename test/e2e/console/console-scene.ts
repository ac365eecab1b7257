import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { startChromium } from '../../support/chromium.ts';
import { startConsoleStandIn, type ConsoleStandIn } from '../../support/console-stand-in.ts';

/** A busy machine may take its time. */
export const PATIENCE_MS = 60_000;

/** What the browser says of a stream or an answer that a test breaks. */
const OF_BROKEN_CONNECTIONS = /Failed to load resource/;

/** The console's page on a screen, and what tells it what to show. */
export interface ConsoleScene {
  readonly page: Page;
  readonly stand: ConsoleStandIn;
  /** What the browser complained of: errors, and breaches of the policy. */
  readonly complaints: readonly string[];
  readonly card: (name: string) => Locator;
  /** A page of the same browser that shows the same. */
  readonly open: (options: BrowserContextOptions) => Promise<Page>;
  readonly close: () => Promise<void>;
}

export const startConsoleScene = async (): Promise<ConsoleScene> => {
  const [stand, browser] = await Promise.all([startConsoleStandIn(), startChromium()]);
  const complaints: string[] = [];
  const open = (options: BrowserContextOptions): Promise<Page> => openPage(browser, stand.url, complaints, options);
  const page = await open({});
  return {
    page,
    stand,
    complaints,
    card: (name) => page.locator(`[data-provider="${name}"]`),
    open,
    close: async () => {
      await browser.close();
      await stand.close();
    },
  };
};

/** Opens the console; `complaints` hears what the browser has to say against it. */
export const openPage = async (
  browser: Browser,
  url: string,
  complaints: string[],
  options: BrowserContextOptions = {},
): Promise<Page> => {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const isExpected = OF_BROKEN_CONNECTIONS.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isExpected) complaints.push(message.text());
  });
  await page.goto(`${url}/console`);
  return page;
};

/** What has the focus, in its own words, those for who does not see it included; nothing when nothing has. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(`document.activeElement === document.body ? '' : document.activeElement.textContent`);
