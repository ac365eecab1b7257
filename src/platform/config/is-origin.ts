/** Whether it is exactly what browsers call an origin, such as `https://app.example.com`, over http or https. */
export const isOrigin = (item: string): boolean => {
  const url = URL.parse(item);
  return url !== null && url.origin === item && ['http:', 'https:'].includes(url.protocol);
};
