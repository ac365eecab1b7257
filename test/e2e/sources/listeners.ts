import { expect } from '@jest/globals';
import { TestEventSource } from '../../support/event-source.ts';
import { eventually } from '../../support/eventually.ts';

/** Those who listen to applications, all of whom leave together. */
export class Listeners {
  readonly #sources: TestEventSource[] = [];

  /** Resolves when the stream is open, and it is known where it stands. */
  async listen({ url }: { readonly url: string }, topic: string, token?: string): Promise<TestEventSource> {
    const source = await this.connect({ url }, topic, token);
    expect(source.status).toBe(200);
    await eventually(() => expect(source.parser.lastEventId).not.toBe(''));
    return source;
  }

  /** Resolves when there is an answer, whatever it is. */
  connect({ url }: { readonly url: string }, topic: string, token?: string): Promise<TestEventSource> {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const source = new TestEventSource(`${url}/api/v1/events/${topic}`, { headers });
    this.#sources.push(source);
    return source.connect();
  }

  async dropAll(): Promise<void> {
    await Promise.all(this.#sources.splice(0).map((source) => source.drop()));
  }
}
