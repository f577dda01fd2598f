import { AppFiles } from '../../dist/model/device/app-files.js';
import { ModelTransfer, withPlatformFetch } from '../../dist/model/loader/model-transfer.js';
import { createTransformersLoader } from '../../dist/model/transformers/loader.js';
import { DownloadTask } from '../../dist/core/internal.js';
import { platformConnectivity, ProgressStateManager } from '../../dist/core/index.js';

/**
 * @typedef {import('../../dist/model/index.js').TransformersModelDefinition} Definition
 * @typedef {{ startedAt: number, events: [number, Record<string, unknown>][], phases: { resolved?: number, failed?: number, message?: string } }} Recorded
 *   All times are from `performance.now()` of the realm that loads.
 */

/**
 * Loads a model once, as a page does, and records every event that its tracker receives.
 *
 * @param {import('../../dist/model/index.js').TransformersSource} transformers
 * @param {Definition} definition
 * @param {{ transfer: boolean, namespace: string }} settings
 * @returns {Promise<Recorded>}
 */
export async function recordLoad(transformers, definition, { transfer, namespace }) {
  /** @type {Recorded['events']} */
  const events = [];
  const load = createTransformersLoader(definition, transformers);
  const transferred = transfer
    ? new ModelTransfer(new AppFiles({ namespace, transformers }), { modelKey: 'model', definition })
    : undefined;
  const carried = transferred ? transferred.wrap(load) : withPlatformFetch(load);
  const task = new DownloadTask({
    modelKey: 'model',
    modelName: 'Model',
    states: new ProgressStateManager(),
    transfer: transferred,
    connectivity: platformConnectivity,
    interactive: false,
    // A trace is one attempt; the transfer layer reconnects within it.
    automaticAttempts: transferred ? 3 : 0,
    // Without the transfer layer, which has its own events.
    load: (context) =>
      carried({
        ...context,
        progress_callback: (event) => {
          events.push([performance.now(), structuredClone(/** @type {Record<string, unknown>} */ (event))]);
          context.progress_callback(event);
        },
        report: (signal) => {
          events.push([performance.now(), structuredClone(/** @type {Record<string, unknown>} */ (/** @type {unknown} */ (signal)))]);
          context.report(signal);
        },
      }),
  });
  const startedAt = performance.now();
  try {
    await task.join();
    return { startedAt, events, phases: { resolved: performance.now() } };
  } catch (error) {
    return { startedAt, events, phases: { failed: performance.now(), message: String(error) } };
  }
}
