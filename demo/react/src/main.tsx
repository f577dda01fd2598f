import 'model-download/define';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { downloads } from './model.ts';

const root = document.getElementById('app');
if (!root) throw new Error('The page has no place for the app');

downloads.connect(document);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
