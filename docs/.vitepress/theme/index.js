import DefaultTheme from 'vitepress/theme-without-fonts';
import { h } from 'vue';
import HomeDownload from './home-download.vue';
import InstallLines from './install-lines.vue';
import './style.css';
import './home.css';

export default {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, {
      'home-hero-image': () => h(HomeDownload),
      'home-hero-actions-after': () => h(InstallLines),
    }),
  /** Pages are rendered on a server first, where tags are plain; the browser upgrades them. */
  enhanceApp() {
    if (!import.meta.env.SSR) void import('model-download/define');
  },
};
