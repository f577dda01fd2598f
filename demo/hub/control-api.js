/**
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {import('node:http').ServerResponse} Response
 */

const largestRequest = 64 * 1024;

/**
 * Responds to requests for the hub's own addresses. No control affects them.
 *
 * @param {Request} request
 * @param {Response} response
 * @param {{ url: URL, scopes: import('./scope.js').Scopes, manifest: unknown }} context
 */
export async function answerControl(request, response, { url, scopes, manifest }) {
  if (request.method === 'OPTIONS') return reply(response, 204);
  const scope = scopes.get(url.searchParams.get('scope') ?? undefined);
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /__hub/manifest':
      return reply(response, 200, manifest);
    case 'GET /__hub/log':
      return reply(response, 200, scope.log.since(Number(url.searchParams.get('since') ?? 0)));
    case 'GET /__hub/control':
      return reply(response, 200, scope.control.values);
    case 'POST /__hub/reset':
      scope.reset();
      return reply(response, 200, scope.control.values);
    case 'POST /__hub/control':
      return change(request, response, scope);
    default:
      return reply(response, 404, { error: 'The hub has no such address.' });
  }
}

/**
 * @param {Request} request
 * @param {Response} response
 * @param {import('./scope.js').Scope} scope
 */
async function change(request, response, scope) {
  try {
    const patch = JSON.parse(await readText(request));
    if (typeof patch !== 'object' || patch === null) throw new TypeError('The controls are a JSON object.');
    scope.control.set(patch);
    reply(response, 200, scope.control.values);
  } catch (error) {
    reply(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

/** @param {Request} request */
async function readText(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > largestRequest) throw new RangeError('The request is too large.');
  }
  return text;
}

/**
 * @param {Response} response
 * @param {number} status
 * @param {unknown} [value]
 */
function reply(response, status, value) {
  response.writeHead(status, {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': 'Content-Type',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': 'no-store',
    'Content-Type': 'application/json; charset=utf-8',
  });
  response.end(value === undefined ? undefined : JSON.stringify(value));
}
