import type { Handlers } from '../../contract/index.ts';
import type { Store } from '../store/store.ts';
import { rowOfStudy, studyDetails, workOf } from './studyRows.ts';

type StudyHandlers = Pick<
  Handlers,
  'study.create' | 'study.list' | 'study.get' | 'study.edit' | 'study.open' | 'study.duplicate'
>;

/** Studies: what is chosen and typed for them, and what was done with them. */
export function studyHandlers(store: Store): StudyHandlers {
  return {
    'study.create': (given) => studyDetails(store, store.studies.create(given)),
    'study.list': () => {
      const work = workOf(store);
      return store.studies.list().map((study) => rowOfStudy(store, study, work));
    },
    'study.get': ({ id }) => studyDetails(store, id),
    'study.edit': ({ id, ...changes }) => {
      store.studies.edit(id, changes);
      return studyDetails(store, id);
    },
    'study.open': ({ id }) => {
      store.studies.open(id);
      return studyDetails(store, id);
    },
    'study.duplicate': ({ id, name }) => studyDetails(store, store.studies.duplicate(id, name)),
  };
}
