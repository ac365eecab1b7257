/** What is written to the socket: no header is added that is not named here, above all no Content-Type. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Headers = Readonly<Record<string, string>>;

/** What the web framework behind most of its services says unasked. */
const FRAMEWORK: Headers = { 'cache-control': 'max-age=0, private, must-revalidate' };

/** JSON that does not say so; a message becomes a JSON string. */
export const bareJson = (status: number, content: unknown, headers: Headers = {}): Answer => ({
  status,
  headers: { ...FRAMEWORK, ...headers },
  body: JSON.stringify(content),
});

export const bareText = (status: number, body: string): Answer => ({ status, headers: FRAMEWORK, body });

/** Of the services behind its gRPC gateway, which alone name their type. */
export const gatewayJson = (content: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(content),
});

/** `code`: of gRPC. */
export const gatewayError = (status: number, code: number, message: string): Answer =>
  gatewayJson({ code, message, details: [] }, status);

export const NOT_FOUND = bareText(404, 'Not Found');
