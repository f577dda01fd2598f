import 'model-download/define';
import { createApp } from 'vue';
import App from './App.vue';
import { downloads } from './model.ts';

downloads.connect(document);
createApp(App).mount('#app');
