import { requireOneClass } from '../cohort/oneClass.ts';
import { orderByNames } from '../../contract/classOrder.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { ClassOrder } from '../../contract/figures.ts';
import type { Handlers } from '../../contract/index.ts';
import { chosenOrder } from '../../contract/runChoices.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { Reader, Store } from '../store/store.ts';

/** The order of the classes of a run: what a person said, or else what their names say. */
export function orderOf({ runChoices }: Pick<Reader, 'runChoices'>, { id, classes }: Pick<RunSummary, 'id' | 'classes'>): ClassOrder {
  const chosen = runChoices.load(id, 'class-order');
  return chosen ? { ...chosenOrder.parse(chosen.value), by: 'person' } : orderByNames(classes);
} // prettier-ignore

export function classOrderHandlers(store: Store): Pick<Handlers, 'run.orderClasses'> {
  return {
    'run.orderClasses': ({ id, order }) => {
      const run = store.runs.get(id);
      requireOneClass(run.plan, 'class order');
      if (Array.isArray(order)) requireOrder(run.classes, order);
      const classes = order === 'none' || order === 'names' ? null : order;
      store.runChoices.save(id, 'class-order', order === 'names' ? null : { classes });
      return orderOf(store, run);
    },
  };
}

/** @throws CutpointError INPUT_INVALID unless each class is named once, and there are more than two */
function requireOrder(classes: readonly string[], order: readonly string[]): void {
  if (classes.length < 3)
    throw new CutpointError('INPUT_INVALID', 'Two classes are in an order either way: there is nothing to choose.');
  if (order.length === classes.length && classes.every((name) => order.includes(name))) return;
  throw new CutpointError('INPUT_INVALID', 'An order of the classes names each of them once.', {
    remedy: `The classes are: ${classes.join(', ')}.`,
    details: { valid: [...classes] },
  });
}
