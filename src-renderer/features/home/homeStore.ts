import { defineStore } from 'pinia';
import { task } from '../../engine/task.ts';

/** What Home does to studies that are not open. */
export const useHome = defineStore('home', () => ({
  archiving: task('study.archive'),
  importing: task('study.import'),
  duplicating: task('study.duplicate'),
  sample: task('data.sample'),
}));
