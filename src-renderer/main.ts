import './schemasWithoutEval.ts';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { makeRouter } from './features/shell/router.ts';
import { offerShellCommands } from './features/shell/shellCommands.ts';
import { showTheme } from './logic/theme.ts';
import { words } from './text/index.ts';
import './styles/base.css';
import './styles/controls.css';

showTheme('system');
const router = makeRouter();
const app = createApp(App).use(createPinia()).use(words).use(router);
offerShellCommands(router);
app.mount('#app');
