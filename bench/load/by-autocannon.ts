import autocannon from 'autocannon';
import { within } from '../servers/within.ts';
import type { LoadGenerator } from './load-generator.ts';

const graceMs = 15_000;

export const autocannonLoad: LoadGenerator = {
  name: 'autocannon',
  run: async (url, connections, seconds) => {
    const work = autocannon({ url, connections, duration: seconds });
    const { requests, duration, non2xx, errors } = await within(seconds * 1_000 + graceMs, 'autocannon', work);
    return { requestsPerSecond: requests.total / duration, answers: requests.total, non2xx, socketErrors: errors };
  },
};
