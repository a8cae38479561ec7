import { shallowRef } from 'vue';

export interface Toast {
  id: number;
  text: string;
  /** What takes it back, where it can be taken back. */
  undo?: () => unknown;
}

/** Short messages that need no answer: what was done, and the way back. */
export const toasts = shallowRef<readonly Toast[]>([]);
let next = 0;

export function toast(text: string, undo?: () => unknown): void {
  toasts.value = [...toasts.value, { id: next++, text, ...(undo && { undo }) }];
}

export function dropToast(id: number): void {
  toasts.value = toasts.value.filter((each) => each.id !== id);
}

/** What a screen reader is told without anything moving: the end of long work. */
export const announced = shallowRef('');
export function announce(text: string): void {
  // The same sentence twice is told twice.
  announced.value = announced.value === text ? `${text}\u00a0` : text;
}
