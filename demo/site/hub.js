// The local hub for the page: its models and its controls.

const { hubUrl } = await (await fetch('hub.json')).json();

/** The value of `env.remoteHost` of Transformers.js. */
export const remoteHost = `${hubUrl}/`;

/** The models of the hub, with the files that each version requests. */
export const { models } = await (await fetch(`${hubUrl}/__hub/manifest`)).json();

/**
 * Changes the faults of the connection.
 *
 * @param {Record<string, unknown>} controls
 */
export async function control(controls) {
  await fetch(`${hubUrl}/__hub/control`, { method: 'POST', body: JSON.stringify(controls) });
}

/** Removes all faults. */
export async function reset() {
  await fetch(`${hubUrl}/__hub/reset`, { method: 'POST' });
}
