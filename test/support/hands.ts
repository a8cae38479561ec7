import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { place, room, type RoomName } from './rooms.ts';

const minute = 60_000;
/** Beyond this many presses of Tab nobody looks for a control any more. */
const PATIENCE = 150;
/** In these the window may bring the focus back; a slow machine draws few in a second. */
const FRAMES = 20;

/** What one does in the window, whatever one does it with. Each waits until what it is done to can be used. */
export interface Hands {
  /** A button, a link, a tab, or a cell. */
  press(target: Locator): Promise<void>;
  /** A box, or one choice of several. */
  tick(target: Locator): Promise<void>;
  /** In place of what stands in the field. */
  type(target: Locator, text: string): Promise<void>;
  /** From a list, by the value of the option. */
  choose(target: Locator, value: string): Promise<void>;
  /** Opens or closes what is folded under these words. */
  unfold(target: Locator): Promise<void>;
  /** The cut, to the end of a block and back by one step. */
  moveCut(slider: Locator): Promise<void>;
  go(to: RoomName | 'Home'): Promise<void>;
}

export function mouse(page: Page): Hands {
  const press = (target: Locator) => target.click({ timeout: minute });
  return {
    press,
    tick: press,
    unfold: press,
    async type(target, text) {
      await target.click({ timeout: minute, clickCount: 3 });
      await page.keyboard.type(text);
    },
    async choose(target, value) {
      await target.selectOption(value, { timeout: minute });
    },
    async moveCut(slider) {
      const box = (await slider.boundingBox())!;
      const y = box.y + 60;
      await page.mouse.move(box.x + box.width * 0.9, y);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.2, y, { steps: 8 });
      await page.mouse.move(box.x + box.width * 0.35, y, { steps: 4 });
      await page.mouse.up();
    },
    async go(to) {
      await press(to === 'Home' ? place(page, to) : room(page, to));
    },
  };
}

/**
 * No mouse, and nothing a script alone can do: only keys that are pressed. Whatever is looked for is reached by Tab; the
 * focus never lies on the body, neither before a press nor after it.
 */
export function keyboard(page: Page): Hands {
  const { keyboard: keys } = page;
  /** That the focus is somewhere. */
  const held = async (what: string): Promise<void> => {
    const lost = await page.evaluate(async (frames) => {
      for (let frame = 0; frame < frames; frame++) {
        if (document.activeElement !== null && document.activeElement !== document.body) return false;
        await new Promise(requestAnimationFrame);
      }
      return true;
    }, FRAMES);
    if (lost) throw new Error(`the focus fell to the body ${what}`);
  };
  const hit = async (key: string, times = 1): Promise<void> => {
    await held(`before ${key}`);
    for (let pressed = 0; pressed < times; pressed++) await keys.press(key);
    await held(`after ${key}`);
  };
  /** Presses an arrow, and waits for the focus to move: some move it a moment later. */
  const step = async (key: string): Promise<void> => {
    const before = await page.evaluateHandle(() => document.activeElement);
    await hit(key);
    await expect.poll(() => before.evaluate((element) => element === document.activeElement), { timeout: minute, interval: 20 }).toBe(false); // prettier-ignore
  };
  const named = (target: Locator) => target.evaluate((element) => element.outerHTML.slice(0, 160));
  /** Where the focus is: on the element or within, before it or after it in the order of the page. */
  const whereIs = (target: Locator) =>
    target.evaluate((element) => {
      const active = document.activeElement!;
      if (element === active) return 'here';
      return active.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING ? 'ahead' : 'behind';
    });
  /** What has the focus is not hidden behind something else (WCAG 2.2, 2.4.11). */
  async function inSight(target: Locator): Promise<void> {
    const seen = () =>
      target.evaluate((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const at = [0.1, 0.5, 0.9];
        const top = at.flatMap((across) => at.map((down) => document.elementFromPoint(x + width * across, y + height * down))); // prettier-ignore
        return top.some((each) => element.contains(each));
      });
    await expect
      .poll(seen, { timeout: 10_000, message: `hidden with the focus on it: ${await named(target)}` })
      .toBe(true);
  }
  /** Tabs to it, the shorter way. */
  async function reach(target: Locator): Promise<void> {
    await target.waitFor({ timeout: minute });
    await expect.poll(() => target.isEnabled(), { timeout: minute }).toBe(true);
    await held(`before ${await named(target)} was looked for`);
    for (let pressed = 0; pressed < PATIENCE; pressed++) {
      const where = await whereIs(target);
      if (where === 'here') return inSight(target);
      await hit(where === 'ahead' ? 'Tab' : 'Shift+Tab');
    }
    const at = await page.evaluate(() => document.activeElement!.outerHTML.slice(0, 160));
    throw new Error(`not reached by ${PATIENCE} presses of Tab: ${await named(target)}; the focus is on ${at}`);
  }
  /** One of several between which the arrows move: Tab leads to the one that is chosen. */
  async function among(target: Locator, others: Locator): Promise<void> {
    await target.waitFor({ timeout: minute });
    for (const each of await others.all()) {
      if (!(await each.evaluate((one) => (one as HTMLElement).tabIndex === 0))) continue;
      await reach(each);
      break;
    }
    for (let pressed = 0; pressed < PATIENCE; pressed++) {
      const where = await whereIs(target);
      if (where === 'here') return;
      await step(where === 'ahead' ? 'ArrowRight' : 'ArrowLeft');
    }
    throw new Error(`not reached by the arrows: ${await named(target)}`);
  }
  return {
    async press(target) {
      await target.waitFor({ timeout: minute });
      if ((await target.getAttribute('role')) === 'tab') return among(target, page.locator('[role=tab][tabindex="0"]'));
      await reach(target);
      await hit('Enter');
    },
    async tick(target) {
      await target.waitFor({ timeout: minute });
      const name = await target.evaluate(({ type, name }: HTMLInputElement) => (type === 'radio' ? name : null));
      if (name === null) {
        await reach(target);
        return hit('Space');
      }
      const chosen = page.locator(`input[type=radio][name="${name}"]:checked`);
      await reach((await chosen.count()) > 0 ? chosen : target);
      for (let pressed = 0; pressed < PATIENCE; pressed++) {
        const where = await whereIs(target);
        if (where === 'here') break;
        await step(where === 'ahead' ? 'ArrowDown' : 'ArrowUp');
      }
      if (!(await target.isChecked())) await hit('Space');
    },
    async type(target, text) {
      await reach(target);
      await hit('Control+a');
      await keys.type(text);
      await held('after something was typed');
    },
    async choose(target, value) {
      await reach(target);
      for (let pressed = 0; pressed < PATIENCE; pressed++) {
        const [at, to] = await target.evaluate(
          (list: HTMLSelectElement, wanted) => [list.selectedIndex, [...list.options].findIndex((each) => each.value === wanted)],
          value,
        ); // prettier-ignore
        if (at === to) return;
        await hit(at! < to! ? 'ArrowDown' : 'ArrowUp');
      }
      throw new Error(`${value} was not reached in ${await named(target)}`);
    },
    async unfold(target) {
      await reach(target);
      await hit('Enter');
    },
    async moveCut(slider) {
      await reach(slider);
      await hit('Home');
      await hit('PageUp', 4);
      await hit('ArrowLeft');
      await hit('ArrowRight');
    },
    async go(to) {
      await hit('Control+k');
      await page.getByRole('dialog').getByRole('textbox').waitFor();
      await keys.type(`go to ${to}`);
      await held('in the palette');
      await hit('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  };
}
