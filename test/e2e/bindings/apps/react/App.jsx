import { ModelDownloadsProvider } from 'model-download/react';
import { downloads } from './downloads.js';
import { View } from './View.jsx';

export function App() {
  return (
    <ModelDownloadsProvider downloads={downloads}>
      <View />
    </ModelDownloadsProvider>
  );
}
