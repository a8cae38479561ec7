import { createRouter, createWebHashHistory, type RouteRecordRaw, type Router } from 'vue-router';
import { places, rooms } from './rooms.ts';

/**
 * Every study, run, comparison, image and setting has an address. It stands behind the hash, so that the same page serves
 * Electron and the browser, and so that no address is ever sent to a server.
 */
export function makeRouter(): Router {
  const routes: RouteRecordRaw[] = [
    { path: '/', redirect: '/home' },
    ...places.map(({ id, of, load }) => ({ path: `/${id}${of}`, name: id, component: load })),
    {
      path: '/study/:study',
      component: () => import('../study/StudyRooms.vue'),
      children: [
        { path: '', redirect: { name: 'data' } },
        ...rooms.map(({ id, of, load }) => ({ path: `${id}${of}`, name: id, component: load })),
      ],
    },
    { path: '/:lost(.*)*', name: 'lost', component: () => import('./LostScreen.vue') },
  ];
  return createRouter({ history: createWebHashHistory(), routes, scrollBehavior: (_to, _from, saved) => saved ?? {} });
}
