import 'model-download/define';
import { mount } from 'svelte';
import App from './App.svelte';
import { downloads } from './model.ts';

const target = document.getElementById('app');
if (!target) throw new Error('The page has no place for the app');

downloads.connect(document);
mount(App, { target });
