import 'model-download/define';
import { createElement, StrictMode } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { App } from './App.jsx';

const place = document.getElementById('root');
const app = createElement(StrictMode, null, createElement(App));
let root;
if (location.search === '?hydrate') {
  place.innerHTML = globalThis.served = renderToString(app);
  root = hydrateRoot(place, app);
} else {
  root = createRoot(place);
  root.render(app);
}
globalThis.unmount = () => root.unmount();
