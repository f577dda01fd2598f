import DefaultTheme from 'vitepress/theme-without-fonts';
import './style.css';

export default {
  extends: DefaultTheme,
  /** Pages are rendered on a server first, where tags are plain; the browser upgrades them. */
  enhanceApp() {
    if (!import.meta.env.SSR) void import('model-download/define');
  },
};
