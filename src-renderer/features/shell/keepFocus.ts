import { onBeforeUnmount, onMounted } from 'vue';

/** What can hold the focus for a control that cannot: a part of the page that somebody who cannot see it knows by name. */
const HOLDERS = 'section, form, fieldset, nav, main, [role=group], [role=region], [role=tabpanel], [role=dialog], [role=alertdialog]'; // prettier-ignore

/**
 * Keeps the focus where it was when the control that had it is disabled or taken away, for as long as the component lives:
 * it goes to what surrounds the control, and back to the control once that can be used again. Who leaves a control by
 * themselves is not followed.
 */
export function keepFocus(): void {
  /** The control that had the focus, and around it, the innermost first. */
  let chain: Element[] = [];
  /** It could not be used for a moment at least. */
  let taken = false;
  let away: { control: HTMLElement; holder: HTMLElement } | null = null;
  let asked = false;

  const usable = (element: Element): boolean =>
    element.isConnected && !element.matches(':disabled') && element.checkVisibility();

  function remember({ target }: FocusEvent): void {
    if (target === away?.holder) return;
    away = null;
    taken = false;
    chain = [];
    for (let at = target as Element | null; at && at !== document.body; at = at.parentElement) chain.push(at);
  }

  function look(): void {
    asked = false;
    if (away && document.activeElement === away.holder && usable(away.control)) {
      away.control.focus({ preventScroll: true });
      return;
    }
    const [control, ...around] = chain;
    const active = document.activeElement;
    if (!control || (active !== document.body && active !== control) || !document.hasFocus()) return;
    if (usable(control)) {
      if (active === control) return;
      if (taken && control instanceof HTMLElement) control.focus({ preventScroll: true });
      else chain = [];
      return;
    }
    const holder = around.find((each) => each.matches(HOLDERS) && usable(each)) ?? document.querySelector('main');
    if (!(holder instanceof HTMLElement) || !(control instanceof HTMLElement)) return;
    if (!holder.hasAttribute('tabindex')) holder.tabIndex = -1;
    holder.dataset.holdsFocus = '';
    away = { control, holder };
    holder.focus({ preventScroll: true });
  }
  /** A browser takes the focus from what is gone when it draws, and from what is disabled some time later. */
  function ask(): void {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => requestAnimationFrame(look));
  }

  const changes = new MutationObserver(() => {
    if (chain[0] && !usable(chain[0])) taken = true;
    ask();
  });
  onMounted(() => {
    document.addEventListener('focusin', remember);
    document.addEventListener('focusout', ask);
    changes.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled', 'hidden'] }); // prettier-ignore
  });
  onBeforeUnmount(() => {
    document.removeEventListener('focusin', remember);
    document.removeEventListener('focusout', ask);
    changes.disconnect();
  });
}
