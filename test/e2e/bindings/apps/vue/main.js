import 'model-download/define';
import { createApp } from 'vue';
import App from './App.vue';

const app = createApp(App);
app.mount('#root');
globalThis.unmount = () => app.unmount();
