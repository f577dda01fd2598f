import 'model-download/define';
import { createApp, createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import App from './App.vue';

const place = document.getElementById('root');
const isHydrating = location.search === '?hydrate';
if (isHydrating) place.innerHTML = globalThis.served = await renderToString(createSSRApp(App));
const app = isHydrating ? createSSRApp(App) : createApp(App);
app.mount(place);
globalThis.unmount = () => app.unmount();
