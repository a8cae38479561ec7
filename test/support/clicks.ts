import { TooltipProvider } from 'reka-ui';
import type { Pinia } from 'pinia';
import { createApp, h, nextTick, type Component } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { onTestFinished } from 'vitest';
import { places, rooms } from '../../src-renderer/features/shell/rooms.ts';
import { words } from '../../src-renderer/text/index.ts';
import { arrived } from './windowClient.ts';

/** The addresses of the window without their screens, at a room of the study `s`. */
export function addresses() {
  const component = { render: () => null };
  const routes = [
    ...places.map(({ id, of }) => ({ path: `/${id}${of}`, name: id, component })),
    ...rooms.map(({ id, of }) => ({ path: `/study/:study/${id}${of}`, name: id, component })),
  ];
  const history = createMemoryHistory();
  history.replace('/study/s/data');
  return createRouter({ history, routes });
}

/**
 * A component on a page, as a person has it before them: found by what is read there, and pressed. Needs a document; what
 * is found may lie over the window, as dialogs do.
 */
export function shown(component: Component, pinia: Pinia, props: Record<string, unknown> = {}, router = addresses()) {
  const host = document.body.appendChild(document.createElement('div'));
  const app = createApp(() => h(TooltipProvider, () => h(component, props)));
  app.use(pinia).use(words).use(router).mount(host);
  const place = document.body;
  onTestFinished(() => {
    app.unmount();
    host.remove();
  });
  const labelOf = (element: Element) =>
    (element.getAttribute('aria-label') ?? element.textContent).replace(/\s+/g, ' ').trim();
  const find = <E extends Element>(selector: string, name: string | RegExp): E => {
    const all = [...place.querySelectorAll<E>(selector)];
    const found = all.find((each) => (typeof name === 'string' ? labelOf(each) === name : name.test(labelOf(each))));
    if (!found) throw new Error(`no '${name}' among ${all.map(labelOf).join(', ')}`);
    return found;
  };
  /** What a change of the page, or an answer of the engine, makes of it. */
  const settled = async (): Promise<void> => {
    await nextTick();
    await arrived();
  };
  return {
    /** The address now, as `results/tested`. */
    at: () => router.currentRoute.value.path.replace('/study/s/', ''),
    text: () => place.textContent.replace(/\s+/g, ' ').trim(),
    /** What a picture is said to show. */
    label: (selector: string) => place.querySelector(selector)?.getAttribute('aria-label'),
    has: (selector: string) => place.querySelector(selector) !== null,
    button: (name: string | RegExp) => find<HTMLButtonElement>('button', name),
    async press(name: string | RegExp): Promise<void> {
      find<HTMLElement>('button', name).click();
      await settled();
    },
    /** Ticks a box or a choice by its label. */
    async tick(name: string | RegExp): Promise<void> {
      find<HTMLLabelElement>('label', name).querySelector('input')!.click();
      await settled();
    },
    /** Chooses by its words from the list under this label. */
    async choose(label: string | RegExp, words: string | RegExp): Promise<void> {
      const id = find<HTMLLabelElement>('label', label).htmlFor;
      const select = place.querySelector<HTMLSelectElement>(`[id="${id}"]`)!;
      const options = [...select.options];
      select.value = options.find((each) => typeof words === 'string' ? labelOf(each) === words : words.test(labelOf(each)))!.value; // prettier-ignore
      select.dispatchEvent(new Event('change', { bubbles: true }));
      await settled();
    },
    /** Moves the slider, or types into the field, that this selector finds. */
    async enter(selector: string, value: string): Promise<void> {
      const field = place.querySelector<HTMLInputElement>(selector)!;
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await settled();
    },
    async key(selector: string, key: string): Promise<void> {
      place.querySelector(selector)!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await settled();
    },
    async submit(): Promise<void> {
      place.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
      await settled();
    },
  };
}
