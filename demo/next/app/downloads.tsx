'use client';

import { ModelDownloads, type ModelDownloadDialogElement } from 'model-download';
import { responseLoader } from 'model-download/adapters/response';
import 'model-download/define';
import { useEffect, useRef, type ReactElement } from 'react';

const MODEL_KEY = 'weights';

// Made on the server, too, where nobody connects it, so that it does nothing.
const downloads = new ModelDownloads({ models: { [MODEL_KEY]: { name: 'Weights', load: responseLoader('/weights.bin') } } });

export function Downloads(): ReactElement {
  const dialog = useRef<ModelDownloadDialogElement>(null);
  useEffect(() => downloads.connect(document), []);

  return (
    <>
      <button type="button" onClick={() => dialog.current?.show()}>
        Get the weights
      </button>
      <model-progress-mini model-key={MODEL_KEY} />
      <download-recovery model-key={MODEL_KEY} />
      <model-download-dialog ref={dialog} model-key={MODEL_KEY} />
    </>
  );
}
