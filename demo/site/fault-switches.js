import { control, reset } from './hub.js';

const MB = 1_000_000;

/**
 * Each switch sets these controls while it is on, and those of `off` when it is turned off. One is on from the beginning: a small
 * model would be complete before its download is visible.
 */
const switches = [
  { label: 'Slow: 1 MB/s', on: { bandwidth: MB }, off: { bandwidth: 0 }, isOn: true },
  { label: 'Very slow: 100 kB/s', on: { bandwidth: MB / 10 }, off: { bandwidth: 0 } },
  { label: 'High latency: 800 ms before each response', on: { latency: 800 }, off: { latency: 0 } },
  {
    label: 'Break the connection of each weights file at 1 MB',
    on: { cutAfter: MB, match: '.onnx' },
    off: { cutAfter: null, match: null },
  },
  { label: 'Stall each weights file at 1 MB', on: { stallAfter: MB, match: '.onnx' }, off: { stallAfter: null, match: null } },
  { label: 'Too many requests (429)', on: { status: 429, retryAfter: 5 }, off: { status: null, retryAfter: null } },
  { label: 'Unavailable (503)', on: { status: 503 }, off: { status: null } },
  { label: 'No length in the responses', on: { noLength: true }, off: { noLength: false } },
  { label: 'Damage a byte of each weights file', on: { corrupt: MB, match: '.onnx' }, off: { corrupt: null, match: null } },
  { label: 'A new version of each weights file', on: { replaced: true, match: '.onnx' }, off: { replaced: false, match: null } },
  { label: 'Offline', on: { offline: true }, off: { offline: false } },
];

/**
 * Renders the switches into a form.
 *
 * @param {HTMLFormElement} form
 * @param {(isFull: boolean) => void} fillDisk Fills the disk where the models are loaded.
 */
export async function drawFaultSwitches(form, fillDisk) {
  await reset();
  for (const { on, isOn } of switches) if (isOn) await control({ ...on });
  form.append(
    ...switches.map(({ label, on, off, isOn = false }) => drawSwitch(label, (checked) => control({ ...(checked ? on : off) }), isOn)),
  );
  form.append(drawSwitch('The disk is full', fillDisk));
}

/**
 * @param {string} label
 * @param {(isOn: boolean) => void} change
 * @param {boolean} [isOn] Whether it is on from the beginning.
 */
function drawSwitch(label, change, isOn = false) {
  const input = Object.assign(document.createElement('input'), { type: 'checkbox', checked: isOn });
  input.setAttribute('role', 'switch');
  input.addEventListener('change', () => change(input.checked));
  const row = document.createElement('label');
  row.append(input, label);
  return row;
}
