/** RFC 1918, RFC 6598, RFC 4193, as the URL parser writes them. */
const ADDRESS = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)[\d.]+$|^\[f[cd]/;

/** Names that cannot be public: the same that calls to providers take for such (outbound/egress). */
const NAME = /^[^.:[]+$|\.(localhost|local|internal|svc|cluster\.local|home\.arpa|lan|test)$/;

const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])$/;

/** Whether the host of a plain URL is this machine, or in a network of our own, by what it is called alone. */
export const isPrivateHost = (hostname: string): boolean =>
  LOOPBACK.test(hostname) || ADDRESS.test(hostname) || NAME.test(hostname);
