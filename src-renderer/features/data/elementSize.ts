import { onBeforeUnmount, ref, watch, type Ref } from 'vue';

/** Width and height inside an element, in pixels; 0 before it is on the page. */
export function useElementSize(element: Readonly<Ref<HTMLElement | null>>): {
  width: Ref<number>;
  height: Ref<number>;
} {
  const [width, height] = [ref(0), ref(0)];
  const observer = new ResizeObserver(([entry]) => {
    width.value = Math.floor(entry!.contentRect.width);
    height.value = Math.floor(entry!.contentRect.height);
  });
  watch(
    element,
    (now, before) => {
      if (before) observer.unobserve(before);
      if (now) {
        observer.observe(now);
        width.value = now.clientWidth;
        height.value = now.clientHeight;
      }
    },
    { immediate: true, flush: 'post' },
  );
  onBeforeUnmount(() => observer.disconnect());
  return { width, height };
}
