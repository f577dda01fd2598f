import { formatBytes } from 'model-download';
import type { ReactElement } from 'react';
import { Downloads } from './downloads';

/** Rendered when the site is built: the package can be imported where there is no browser. */
export default function Page(): ReactElement {
  return (
    <main>
      <h1>Weights of {formatBytes(300_000, 'en')}</h1>
      <Downloads />
    </main>
  );
}
