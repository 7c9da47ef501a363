// A provider for tests, on this machine alone: `node provider.mjs REDIRECT` prints its address and serves until it is ended.
//
// Its people do not exist. Whoever comes is signed in as the account that `/as/NAME` named last, and agrees to everything.
import http from 'node:http';
import Provider from 'oidc-provider';

const redirect = process.argv[2];
const server = http.createServer();
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const issuer = `http://127.0.0.1:${server.address().port}`;

let account = 'ana';
const client = (client_id, more) => ({
  client_id, redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'], ...more,
});
const provider = new Provider(issuer, {
  clients: [
    client('conference', { client_secret: 'a-secret-of-tests-that-is-long-enough', token_endpoint_auth_method: 'client_secret_basic' }),
    client('another', { token_endpoint_auth_method: 'none' }),
  ],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, email: `${id}@ministry.example`, email_verified: true }) }),
  claims: { openid: ['sub'], email: ['email', 'email_verified'], auth_time: null },
  conformIdTokenClaims: false,
  cookies: { keys: ['of tests'] },
  jwks: undefined,
});

const interact = async (request, response) => {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    return provider.interactionFinished(request, response, { login: { accountId: account } }, { mergeWithLastSubmission: false });
  }
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
};

const callback = provider.callback();
server.on('request', (request, response) => {
  const [, first, second] = request.url.split('/');
  if (first === 'as') {
    account = second;
    return response.end('signed in next\n');
  }
  if (first === 'interaction') {
    return interact(request, response).catch((error) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  }
  return callback(request, response);
});
console.log(issuer);
