import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type Provider from 'oidc-provider';
import type { Interaction, InteractionResults } from 'oidc-provider';
import { errorPage, loginPage } from './pages.ts';
import { findUser } from './users.ts';

const PATH = '/interaction/';

export const isInteraction = ({ url = '' }: IncomingMessage): boolean => url.startsWith(PATH);

export const interactionPath = (uid: string): string => PATH + uid;

/** Asks who is there, by a plain form (`login`, `password`); whoever is there consents to all that was asked. */
export const interact = async (
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    const form = request.method === 'POST' ? new URLSearchParams(await text(request)) : undefined;
    const interaction = await provider.interactionDetails(request, response);
    const known = interaction.prompt.name === 'consent' ? interaction.session?.accountId : undefined;
    const outcome = form || known ? await decide(provider, interaction, form, known) : loginPage();
    if (typeof outcome === 'string') show(response, form ? 401 : 200, outcome);
    else await provider.interactionFinished(request, response, outcome, { mergeWithLastSubmission: false });
  } catch (error) {
    show(response, 400, errorPage({ error: error instanceof Error ? error.message : error }));
  }
};

/** A result for the server, or a page that asks again. */
const decide = async (
  provider: Provider,
  interaction: Interaction,
  form: URLSearchParams | undefined,
  known: string | undefined,
): Promise<InteractionResults | string> => {
  if (form?.has('refuse')) return { error: 'access_denied', error_description: 'the user refused' };
  const user = findUser(known ?? form?.get('login') ?? '');
  if (!user || (!known && user.password !== form?.get('password'))) return loginPage('Wrong login or password.');
  const grantId = await grantAll(provider, interaction, user.login);
  return { ...(known ? {} : { login: { accountId: user.login } }), consent: { grantId } };
};

const grantAll = async (provider: Provider, { params }: Interaction, accountId: string): Promise<string> => {
  const grant = new provider.Grant({ accountId, clientId: String(params['client_id']) });
  const scope = String(params['scope'] ?? '');
  grant.addOIDCScope(scope);
  for (const resource of [params['resource'] ?? []].flat()) grant.addResourceScope(String(resource), scope);
  return grant.save();
};

const show = (response: ServerResponse, status: number, html: string): void => {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(html);
};
