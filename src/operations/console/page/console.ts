import { beginFilter } from './call-filter.ts';
import { showCalls } from './calls-table.ts';
import { listen } from './connection.ts';
import { part } from './element.ts';
import { showJobs } from './jobs-panel.ts';
import { showProcess } from './process-facts.ts';
import { showProviders } from './providers-panel.ts';
import { beginReceipts } from './receipt.ts';
import type { Snapshot } from './snapshot.ts';
import { write } from './write.ts';

let last: Snapshot | undefined;

const show = (snapshot: Snapshot): void => {
  last = snapshot;
  showProcess(snapshot.process);
  showProviders(snapshot.providers);
  showJobs(snapshot.jobs, snapshot.deadLetters);
  showCalls(snapshot.calls);
};

const showAgain = (): void => {
  if (last !== undefined) show(last);
};

const logOut = async (): Promise<void> => {
  await write('POST', '/console/logout');
  location.assign('/console');
};

beginFilter(showAgain);
beginReceipts();
part('log-out').addEventListener('click', () => void logOut());
listen(show);
