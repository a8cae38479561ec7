import { defineStore } from 'pinia';
import { ref } from 'vue';

/** What lies over the window. */
export const useShell = defineStore('shell', () => {
  const palette = ref(false);
  const shortcuts = ref(false);
  return { palette, shortcuts };
});
