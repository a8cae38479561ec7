import { useRoute, useRouter, type RouteLocationRaw } from 'vue-router';
import { rooms, type RoomId } from './rooms.ts';

/**
 * Where a room of the study that is open lies.
 * @param run of rooms that show one; undefined: the run of the address now, null: none
 */
export function placeOf(room: RoomId, study: string, run: string | null | undefined): RouteLocationRaw {
  const shows = rooms.find(({ id }) => id === room)!.of === '/:run?';
  return { name: room, params: { study, ...(shows && run ? { run } : {}) } };
}

/** Goes to a room of the study that is open. To be called in the setup of a component. */
export function useGoing(): (room: RoomId, run?: string | null) => Promise<unknown> {
  const route = useRoute();
  const router = useRouter();
  return async (room, run) => {
    const { study, run: now } = route.params as { study?: string; run?: string };
    return router.push(placeOf(room, study ?? '', run === undefined ? now : run));
  };
}
