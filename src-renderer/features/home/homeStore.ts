import { defineStore } from 'pinia';
import { task } from '../../engine/task.ts';

/** What Home does to studies that are not open. */
export const useHome = defineStore('home', () => ({
  duplicating: task('study.duplicate'),
  sample: task('data.sample'),
}));
