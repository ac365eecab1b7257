import { describe, expect, it } from '@jest/globals';
import axios, { type AxiosInstance } from 'axios';
import { isUntouched, trimDefaults } from './axios-defaults.ts';

const trimmed = (): AxiosInstance => {
  const instance = axios.create({ adapter: () => Promise.reject(new Error('not sent')) });
  trimDefaults(instance);
  return instance;
};

describe('an axios instance', () => {
  it('is untouched when nobody has added anything', () => expect(isUntouched(trimmed())).toBe(true));

  it.each<[string, (instance: AxiosInstance) => void]>([
    ['a request interceptor', ({ interceptors }) => void interceptors.request.use((config) => config)],
    ['a response interceptor', ({ interceptors }) => void interceptors.response.use(undefined, () => undefined)],
    ['a default header', ({ defaults }) => void (defaults.headers.common['X-Team'] = 'harbour')],
    ['default headers', ({ defaults }) => void (defaults.headers = axios.create().defaults.headers)],
    ['a default time limit', ({ defaults }) => void (defaults.timeout = 1)],
    ['default parameters', ({ defaults }) => void (defaults.params = { key: 'k' })],
    ['a transformation of answers', ({ defaults }) => void (defaults.transformResponse = [])],
  ])('is not with %s', (_what, touch) => {
    const instance = trimmed();
    touch(instance);
    expect(isUntouched(instance)).toBe(false);
  });

  it('is untouched again when its interceptors are gone', () => {
    const instance = trimmed();
    instance.interceptors.request.use((config) => config);
    instance.interceptors.request.clear();
    expect(isUntouched(instance)).toBe(true);
  });

  it('is touched as axios makes it', () => expect(isUntouched(axios.create())).toBe(false));
});
