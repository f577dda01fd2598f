import { useModelDownload } from 'model-download/react';
import { useState } from 'react';

export function View() {
  const [key, setKey] = useState('own');
  const { state, aggregate, actions } = useModelDownload(key);
  return (
    <main data-view="1">
      <p data-status={state.status}>{`${state.modelName}: ${state.bytesDownloaded} bytes, ${aggregate?.totalFiles ?? 'unknown'} files`}</p>
      <button onClick={actions.start}>Start</button>
      <button onClick={actions.pause}>Pause</button>
      <button onClick={actions.resume}>Resume</button>
      <button onClick={actions.cancel}>Cancel</button>
      <button onClick={() => setKey('other')}>Other</button>
      <model-progress-mini model-key="own" />
    </main>
  );
}
