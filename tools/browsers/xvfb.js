import { spawn } from 'node:child_process';

/**
 * Starts a private X server on a free display.
 *
 * @returns {Promise<{ display: string, stop: () => void }>}
 */
export function startXvfb() {
  return new Promise((resolve, reject) => {
    const screen = ['-screen', '0', '1280x900x24', '-nolisten', 'tcp'];
    const child = spawn('Xvfb', ['-displayfd', '3', ...screen], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
    let errors = '';
    let answer = '';
    child.stderr?.on('data', (data) => (errors += data));
    child.stdio[3]?.on('data', (data) => {
      answer += data;
      if (answer.includes('\n')) resolve({ display: `:${answer.trim()}`, stop: () => child.kill('SIGTERM') });
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}: ${errors}`)));
  });
}
