// The page's side of the local hub: its models and its controls.

const { hubUrl } = await (await fetch('hub.json')).json();

/** What Transformers.js is given as `env.remoteHost`. */
export const remoteHost = `${hubUrl}/`;

/** The models that the hub has, with the files that each version asks for. */
export const { models } = await (await fetch(`${hubUrl}/__hub/manifest`)).json();

/**
 * Changes what goes wrong.
 *
 * @param {Record<string, unknown>} controls
 */
export async function control(controls) {
  await fetch(`${hubUrl}/__hub/control`, { method: 'POST', body: JSON.stringify(controls) });
}

/** Makes the link perfect again. */
export async function reset() {
  await fetch(`${hubUrl}/__hub/reset`, { method: 'POST' });
}
